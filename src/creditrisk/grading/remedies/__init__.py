"""What an entity can do about its class: repair and compliance, never its age or trade."""
