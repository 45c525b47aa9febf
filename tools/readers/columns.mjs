// Prints, as JSON, the columns of a Parquet file as hyparquet sees them: rows, and for each column its type, how many
// values are defined, and their sum (numbers) or the number of different ones (words).
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const rows = await parquetReadObjects({ file, metadata, compressors })
const types = { INT64: 'BIGINT', INT32: 'INTEGER', DOUBLE: 'DOUBLE', BYTE_ARRAY: 'VARCHAR', BOOLEAN: 'BOOLEAN' }
const declared = new Map(metadata.schema.filter((one) => one.type).map((one) => [one.name, types[one.type]]))
const columns = Object.keys(rows[0]).map((name) => {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined)
  const type = values.some(Array.isArray) ? 'DOUBLE[]' : declared.get(name)
  const numbers = type === 'DOUBLE[]' ? values.flat() : values
  const sum = ['VARCHAR', 'BOOLEAN'].includes(type)
    ? new Set(values).size
    : numbers.reduce((total, value) => total + Number(value), 0)
  return { name, type, defined: values.length, sum }
})
console.log(JSON.stringify({ rows: rows.length, columns }))
