# Counts of instructions in a dump of cuobjdump: of the whole kernel, and of each loop (a backward branch; nested loops are counted in both).
import collections, os, re, sys
for path in sys.argv[1:]:
    code, name = [], ""
    for line in open(path, errors="replace"):
        m = re.search(r"Function : (\S+)", line)
        if m: name = m.group(1)
        m = re.match(r"\s+/\*([0-9a-f]{4,})\*/\s+(?:@!?U?P\d+\s+)?([A-Z0-9_.]+)\s*([^;]*);", line)
        if m: code.append((int(m.group(1), 16), m.group(2), m.group(3)))
    if not code: continue
    def show(title, part):
        c = collections.Counter()
        for _, op, _ in part:
            b = op.split(".")[0]
            c["LDS.128" if b == "LDS" and ".128" in op else "LDS.64" if b == "LDS" and ".64" in op else "STS.128" if b == "STS" and ".128" in op else b] += 1
        keys = ["FFMA", "DFMA", "FMUL", "FADD", "LDS.128", "LDS.64", "LDS", "STS.128", "STS", "LDG", "LD", "SHFL", "FSEL", "SEL", "MOV", "IMAD", "BAR", "WARPSYNC", "LDL", "STL", "DADD", "DMUL"]
        rest = sum(v for k, v in c.items() if k not in keys)
        print("   %-34s %6d  " % (title, len(part)) + "  ".join("%s %d" % (k, c[k]) for k in keys if c[k]) + "  other %d" % rest)
    print(os.path.basename(path).split(".")[0], name[:40])
    show("kernel, %d kB" % (len(code) * 16 // 1024), code)
    for k, (addr, op, args) in enumerate(code):
        if op.startswith("BRA"):
            m = re.search(r"0x([0-9a-f]+)", args)
            if m and int(m.group(1), 16) < addr:
                start = int(m.group(1), 16)
                part = [c for c in code if start <= c[0] <= addr]
                if len(part) > 40: show("loop %x-%x" % (start, addr), part)
