"""The facilitator's window, one page a step of the day."""
