-- One line of JSON at the end: wrk's own text rounds.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{ "octets": %d, "seconds": %f, "requests": %d, "errors": %d, "p50Ms": %f, "p99Ms": %f }\n',
    summary.bytes, summary.duration / 1e6, summary.requests, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
