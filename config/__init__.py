"""What an installation may choose: settings, lifecycles and reference lists."""
