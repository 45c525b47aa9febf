// Prints, as JSON, the arrays of an .npz file (a zip of .npy), read with Node's own modules only.
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const zip = readFileSync(process.argv[2])
const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
const arrays = {}
for (let entry = 0, at = zip.readUInt32LE(end + 16); entry < zip.readUInt16LE(end + 10); entry++) {
  const [method, packed, nameLength, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20),
    zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
  const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const bytes = zip.subarray(start, start + packed)
  arrays[name.replace(/\.npy$/, '')] = npy(method === 8 ? inflateRawSync(bytes) : bytes)
  at += 46 + nameLength + extra + comment
}
console.log(JSON.stringify(arrays))

function npy(bytes) {
  if (bytes.toString('latin1', 0, 8) !== '\x93NUMPY\x01\x00') throw new Error('not an npy array of version 1.0')
  const data = 10 + bytes.readUInt16LE(8)
  const header = bytes.toString('latin1', 10, data)
  if (data % 64 !== 0 || !header.endsWith('\n')) throw new Error('the header is not aligned')
  const [, descr, fortran, dims] = header.match(/^\{'descr': '([^']+)', 'fortran_order': (\w+), 'shape': \(([^)]*)\), \} *\n$/)
  const shape = dims.split(',').filter((one) => one.trim()).map(Number)
  const size = shape.reduce((product, one) => product * one, 1)
  const width = descr[1] === 'U' ? 4 * Number(descr.slice(2)) : Number(descr.slice(2))
  if (fortran !== 'False' || bytes.length !== data + size * width) throw new Error('shape and length disagree')
  const value = (at) => descr === '<i8' ? Number(bytes.readBigInt64LE(at))
    : descr === '<f8' ? String(bytes.readDoubleLE(at))
    : descr === '|b1' ? bytes[at] === 1
    : Array.from({ length: width / 4 }, (_, i) => bytes.readUInt32LE(at + 4 * i)).filter((code) => code).map((code) => String.fromCodePoint(code)).join('')
  return { descr, shape, values: Array.from({ length: size }, (_, i) => value(data + i * width)) }
}
