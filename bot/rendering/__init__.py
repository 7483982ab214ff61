"""Pure functions from results to what Discord shows. Everything made here fits Discord's limits and pings nobody."""
