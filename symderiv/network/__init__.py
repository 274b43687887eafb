"""Backpropagation: small networks as equations, worked out, proved, and put into numbers."""
