"""OCOP producers, products and what becomes of them."""
