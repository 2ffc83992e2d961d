"""The product: supervision and social criticism by the Vietnam Fatherland Front."""
