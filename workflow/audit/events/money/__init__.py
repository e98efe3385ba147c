"""What is told of money: movements between accounts, who stands behind them, and rates of exchange."""
