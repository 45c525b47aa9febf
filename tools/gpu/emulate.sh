# Host emulation of all configurations (or those containing $1): compiles with any C++17 compiler, no GPU. Work folder /tmp/fused-emu.
cd "$(dirname "$0")"; B=/tmp/fused-emu; mkdir -p $B; CXX=${CXX:-g++}
F="-std=c++17 -O1 -mfma -ffp-contract=off -DEMULATE -w -DDEPTH=4 -I."
$CXX $F -DDRIVER -x c++ -c fused.cu -o $B/driver.o || exit 1
objs=""
while read -r name flags; do
  case "$name" in ''|\#*) continue;; *"$1"*) ;; *) continue;; esac
  $CXX $F $flags "-DCONFIG=\"$name\"" -x c++ -c fused.cu -o $B/$name.o || exit 1
  objs="$objs $B/$name.o"
done < configs.txt
$CXX $B/driver.o $objs -o $B/emu && for s in ${SEEDS:-1 2}; do echo "seed $s"; SEED=$s $B/emu; done
