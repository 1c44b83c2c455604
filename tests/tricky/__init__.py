"""Hard cases with the result that is right, and the page of the documentation made from them."""
