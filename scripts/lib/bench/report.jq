# Markdown tables of a run. $all: every measurement; $machine: one object; $runs; $quick.

def median: sort | if length == 0 then null elif length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def number:
  if . == null then "–"
  elif (. | fabs) >= 1000 then (. | round | tostring | if length > 4 and length < 7 then .[:-3] + " " + .[-3:] else . end)
  elif (. | fabs) >= 100 then (. | round | tostring)
  elif (. | fabs) >= 10 then (. * 10 | round / 10 | tostring)
  elif (. | fabs) >= 1 then (. * 100 | round / 100 | tostring)
  else (. * 1000 | round / 1000 | tostring) end;

def title: {
  netbootd: "**netbootd**", limit: "limit", "kea-file": "Kea, lease file (no fsync)", "kea-memory": "Kea, no persistence", "kea-threads": "Kea, lease file, 2 threads",
  isc: "ISC dhcpd, pool of 12 000", dnsmasq: "dnsmasq", "tftpd-hpa": "tftpd-hpa", atftpd: "atftpd", nginx: "nginx" }[.];

# The measurements of a case by a server.
def of($part; $case; $server): [$all[] | select(.part == $part and .case == $case and .server == $server)];
def values(f): [.[] | f | select(. != null)];
# median (min–max)
def cell(f): values(f) | if length == 0 then "–" else (median | number) as $m
  | if length == 1 or (min | number) == (max | number) then $m else "\($m) (\(min | number)–\(max | number))" end end;
def measured($part): [$all[] | select(.part == $part)] | length > 0;
def servers($part; $names): [$names[] | . as $name | select([$all[] | select(.part == $part and .server == $name)] | length > 0)];
def row: "| " + join(" | ") + " |";
def table($head): ($head | row), ($head | map("---") | row), .[];

def dhcp:
  servers("dhcp"; ["kea-file", "kea-memory", "kea-threads", "isc", "dnsmasq", "limit", "netbootd"]) as $servers
  | "", "### DHCP: \(of("dhcp"; "new"; $servers[0])[0].clients | number) relayed PXE clients, 32 exchanges (DISCOVER…ACK) in flight",
    ([$servers[] | . as $s | of("dhcp"; "new"; $s) as $new | of("dhcp"; "again"; $s) as $again
      | [($s | title), ($new | cell(.exchangesPerSecond)), "\($new | cell(.p50)) / \($new | cell(.p99))", ($new | cell(.cpuPer1000)),
         ($again | cell(.exchangesPerSecond)), ($again | cell(.cpuPer1000)), ($again | cell(.memory)),
         ([$new[], $again[]] | map(.clients - .completed) | add | tostring)] | row]
     | table(["server", "new leases, exchanges/s", "p50 / p99 ms", "CPU s per 1000 new", "same clients again /s", "CPU s per 1000 again", "memory MiB", "not done in 60 s"])),
    "", "perfdhcp (open loop, every exchange a new client):",
    ([$servers[] | . as $s | of("dhcp"; "perfdhcp"; $s) | select(length > 0)
      | [($s | title), cell(.offered), cell(.exchangesPerSecond), cell(.lostPercent), "\(cell(.offerMs)) / \(cell(.ackMs))", cell(.cpuPer1000)] | row]
     | table(["server", "offered/s", "done/s", "lost %", "OFFER / ACK ms", "CPU s per 1000"]));

def storm:
  servers("storm"; ["kea-file", "kea-memory", "isc", "dnsmasq", "netbootd"]) as $servers
  | "", "### DHCP storm: all DISCOVERs within 1 s, broadcast, PXE retry after 4/8/16/32 s",
    ([$servers[] | . as $s | of("storm"; "discovers"; $s)
      | [($s | title), cell(.clients), cell(.completed), cell(.p50), cell(.p99), cell(.last), cell(.retries), cell(.cpu)] | row]
     | table(["server", "clients", "completed", "50 % at s", "99 % at s", "last at s", "retries", "CPU s"]));

def tftp:
  servers("tftp"; ["tftpd-hpa", "atftpd", "dnsmasq", "limit", "netbootd"]) as $servers
  | def line($name; $case; f): [$name, ($servers[] | of("tftp"; $case; .) | f)] | row;
    def speed: if length == 0 then "–" else "\(cell(.mibPerSecond)) [\(cell(.cpuPerGib))]" + (if any(.[]; .completed < .clients) then ", \(cell(.completed)) of \(.[0].clients) done" else "" end) end;
    def share: if length == 0 then "–" else "\(cell(.completed)) of \(.[0].clients)" end;
    "", "### TFTP: MiB/s [CPU s per GiB]; blksize 1468, time-out 1 s, 5 retries",
    ([line("1 client, \((of("tftp"; "one"; $servers[-1])[0].octets // 0) / 1048576) MiB"; "one"; speed), line("same, windowsize 16"; "one-window16"; speed),
      line("100 clients × 1 MiB"; "100"; speed), line("500 clients × 1 MiB"; "500"; speed), line("500 clients, windowsize 16"; "500-window16"; speed),
      line("RRQs repeated, 500 at once"; "500"; cell(.requestsRepeated)),
      line("100 Mbit/s, 32 KiB queue, 100 clients: completed"; "shaped-100"; share), line("same: goodput, MiB/s"; "shaped-100"; cell(.mibPerSecond)),
      line("250 clients: completed"; "shaped-250"; share), line("same: goodput, MiB/s"; "shaped-250"; cell(.mibPerSecond)),
      line("1000 clients: completed"; "shaped-1000"; share), line("same: goodput, MiB/s"; "shaped-1000"; cell(.mibPerSecond)),
      line("memory at the end, MiB"; "shaped-250"; cell(.memory))]
     | table(["case", ($servers[] | title)]));

def http:
  servers("http"; ["nginx", "netbootd"]) as $servers
  | def line($name; $case; f): [$name, ($servers[] | of("http"; $case; .) | f)] | row;
    def speed: "\(cell(.mibPerSecond)) [\(cell(.cpuPerGib)); \(cell(.machinePerGib))]";
    def gets: "\(cell(.getsPerSecond)) GET/s [\(cell(.cpuPer10000))]" + (if any(.[]; .errors > 0) then ", \(cell(.errors)) errors" else "" end);
    "", "### HTTP: MiB/s [CPU s per GiB, of the server; of the whole machine, clients included]; small files: GET/s [CPU s per 10 000]",
    ([line("1 × 64 MiB, keep-alive (curl)"; "one"; speed), line("16 at once × 64 MiB (wrk)"; "16"; speed), line("200 at once × 64 MiB (wrk)"; "200"; speed),
      line("300 octets, 64 kept-alive connections"; "tiny-kept"; gets), line("300 octets, a connection each"; "tiny-each"; gets), line("memory at the end, MiB"; "tiny-each"; cell(.memory))]
     | table(["case", ($servers[] | title)]));

def memory:
  of("memory"; "start"; "netbootd") as $start | of("memory"; "idle"; "netbootd") as $idle | of("memory"; "boots"; "netbootd") as $boots
  | "", "### Memory of netbootd with \($idle[0].clients | number) clients, MiB",
    ([["at start", ($start | cell(.memory)), ""], ["idle, 10 s after their leases", ($idle | cell(.memory)), "at most \($idle | cell(.most)) so far"],
      ["while they boot over HTTP (96 KiB each, over 20 s), at most", ($boots | cell(.most)), "\($boots | cell(.completed)) booted, the last after \($boots | cell(.last)) s"]] | map(row) | table(["when", "resident", ""]));

# Targets: what, the best peer's figure and ours (medians), the ratio that counts, and what it must be.
def mid($part; $case; $server; f): of($part; $case; $server) | values(f) | median;
def best($part; $case; $names; f; pick): [$names[] | . as $s | { name: $s, value: mid($part; $case; $s; f) } | select(.value != null)] | if length == 0 then null else pick end;
def target($what; $peer; $ours; $ratio; $text; $met):
  if $ours == null then empty else
    [$what, (if $peer == null or $peer.value == null then "–" else "\($peer.name | title // $peer.name): \($peer.value | number)" end), ($ours | number), (if $ratio == null then "–" else ($ratio | number) end), $text,
     (if $met == null then "–" elif $met then "yes" else "**no**" end)] | row end;
def over($ours; $peer): if $ours and $peer.value and $peer.value > 0 then $ours / $peer.value else null end;
def atLeast($what; $peer; $ours; $factor; $text): over($ours; $peer) as $ratio | target($what; $peer; $ours; $ratio; $text; (if $ratio then $ratio >= $factor else null end));
def atMost($what; $peer; $ours; $factor; $text): over($ours; $peer) as $ratio | target($what; $peer; $ours; $ratio; $text; (if $ratio then $ratio <= $factor else null end));
def named($name; $value): { name: $name, value: $value };

# 11.56 MiB/s: 1468 octets of file in each frame of 1514 (14 Ethernet, 20 IPv4, 8 UDP, 4 TFTP), at 100 Mbit/s.
def link: 100000000 / 8 / 1048576 * 1468 / 1514;
def shaped($case; $clients):
  of("tftp"; $case; "netbootd") as $ours | if ($ours | length) == 0 then empty else
    best("tftp"; $case; ["dnsmasq", "atftpd", "tftpd-hpa"]; .completed * 100 / .clients; max_by(.value)) as $peer
    | target("100 Mbit/s, \($clients) TFTP clients: completed, %"; $peer; ($ours | values(.completed * 100 / .clients) | min); null; "100"; all($ours[]; .completed == .clients)),
      atLeast("same: goodput, MiB/s"; named("link"; link); ($ours | values(.mibPerSecond) | median); 0.95; "≥ 95 % of the link") end;

def targets:
  "", "### Targets (medians of this run)",
  ([ atLeast("DHCP, new leases durably committed, 32 in flight, /s"; named("kea-file"; mid("dhcp"; "new"; "kea-file"; .exchangesPerSecond)); mid("dhcp"; "new"; "netbootd"; .exchangesPerSecond); 4; "≥ 4 × Kea with lease file"),
     (mid("dhcp"; "new"; "netbootd"; .cpuPer1000) as $cpu | best("dhcp"; "new"; ["kea-file", "kea-memory", "kea-threads", "isc", "dnsmasq"]; .cpuPer1000; min_by(.value)) as $peer
      | target("DHCP, CPU s per 1000 exchanges"; $peer; $cpu; over($cpu; $peer); "≤ 0.05"; $cpu <= 0.05)),
     (of("storm"; "discovers"; "netbootd") as $ours | best("storm"; "discovers"; ["kea-file", "kea-memory", "isc", "dnsmasq"]; .last; min_by(.value)) as $peer
      | best("storm"; "discovers"; ["kea-file", "kea-memory", "isc", "dnsmasq"]; .retries; min_by(.value)) as $retries
      | if ($ours | length) == 0 then empty else
          target("storm, \($ours[0].clients | number) DISCOVERs in 1 s: last at s"; $peer; ($ours | values(.lastCompleted) | median); null; "< 2.5, all completed"; all($ours[]; .last != null) and ($ours | values(.lastCompleted) | median) < 2.5),
          target("same: retries"; $retries; ($ours | values(.retries) | median); null; "0"; ($ours | values(.retries) | median) == 0) end),
     atLeast("TFTP, 100 clients, MiB/s"; named("limit"; mid("tftp"; "100"; "limit"; .mibPerSecond)); mid("tftp"; "100"; "netbootd"; .mibPerSecond); 0.95; "≥ 95 % of the limit"),
     atLeast("TFTP, 500 clients, MiB/s"; named("limit"; mid("tftp"; "500"; "limit"; .mibPerSecond)); mid("tftp"; "500"; "netbootd"; .mibPerSecond); 0.95; "≥ 95 % of the limit"),
     atLeast("TFTP, 500 clients, windowsize 16, MiB/s"; named("atftpd"; mid("tftp"; "500-window16"; "atftpd"; .mibPerSecond)); mid("tftp"; "500-window16"; "netbootd"; .mibPerSecond); 2; "≥ 2 × atftpd"),
     shaped("shaped-100"; 100), shaped("shaped-250"; 250), shaped("shaped-1000"; 1000),
     (("16", "200") as $n | atLeast("HTTP, \($n) × 64 MiB, MiB/s"; named("nginx"; mid("http"; $n; "nginx"; .mibPerSecond)); mid("http"; $n; "netbootd"; .mibPerSecond); 1; "≥ nginx"),
      atMost("same: CPU s per GiB"; named("nginx"; mid("http"; $n; "nginx"; .cpuPerGib)); mid("http"; $n; "netbootd"; .cpuPerGib); 1; "≤ nginx")),
     (({ case: "tiny-kept", text: "64 kept-alive" }, { case: "tiny-each", text: "a connection each" })
      | atLeast("HTTP, 300 octets, \(.text), GET/s"; named("nginx"; mid("http"; .case; "nginx"; .getsPerSecond)); mid("http"; .case; "netbootd"; .getsPerSecond); 1; "≥ nginx")),
     (mid("memory"; "idle"; "netbootd"; .memory) as $m | target("memory, \(of("memory"; "idle"; "netbootd")[0].clients // 0 | number) clients known, MiB"; null; $m; null; "≤ 300"; $m <= 300)),
     (mid("memory"; "boots"; "netbootd"; .most) as $m | target("memory at most, while they boot, MiB"; null; $m; null; "≤ 300"; $m <= 300)) ]
   | table(["what", "best peer", "ours", "ratio", "target", "met"]));

($machine[0] | "", "\(.date), \(.system), \(.kernel), \(.cores) cores (\(.cpu)), \(.memory); load when it began: \(.load); commit \(.commit).",
  ([.versions | to_entries[] | select(.value != "") | "\(.key) \(.value)"] | join(", ") + "."),
  "Median (min–max) of \($runs) run\(if $runs == 1 then "" else "s" end)." + (if $quick != "" then " **--quick: smaller cases; the figures say little.**" else "" end)),
(if measured("dhcp") then dhcp else empty end),
(if measured("storm") then storm else empty end),
(if measured("tftp") then tftp else empty end),
(if measured("http") then http else empty end),
(if measured("memory") then memory else empty end),
targets
