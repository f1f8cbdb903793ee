"""Gets pages over HTTP, politely: the only room that knows httpx."""
