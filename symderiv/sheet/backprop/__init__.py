"""Pages about networks: forward pass, local derivatives, backward pass, update, gradient check, drawing."""
