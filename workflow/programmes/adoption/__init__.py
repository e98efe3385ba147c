"""What was begun elsewhere taken into management: placed, completed, and put to those concerned."""
