"""Publication, statistics and the use of results (公开、统计与结果应用)."""
