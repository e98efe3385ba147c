"""The money of programmes on pages: recorded, certified, taken back, taken away; and the rates."""
