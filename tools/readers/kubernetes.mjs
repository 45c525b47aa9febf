// Prints, one a line, what the schema that Kubernetes publishes says against the manifests in a file; nothing where they agree.
import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'

for (const document of parseAllDocuments(readFileSync(process.argv[2], 'utf8'))) {
  for (const fault of [...document.errors, ...document.warnings]) console.log(fault.message)
  const object = document.toJS()
  const models = await import(`kubernetes-models/${object.apiVersion}`)
  try {
    new models[object.kind](object).validate()
  } catch (fault) {
    console.log(`${object.kind}: ${fault.message}`)
  }
}
