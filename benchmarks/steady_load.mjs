// Requests at a steady rate, with the public load tool that stands beside this file when it runs; benchmarks/serving.py
// puts it there. Each request is sent when it is due, whether those before it were answered or not.
//
//   node steady_load.mjs REQUESTS RATE SECONDS
//
// REQUESTS is a JSON file: [{"url": "...", "body": "..." or null}, ...], sent in turn. Prints one JSON object: the
// latencies in milliseconds, ascending, and how many requests were not answered with success.

import {readFileSync} from 'node:fs'
import {loadTest} from 'loadtest'

const [file, rate, seconds] = process.argv.slice(2)
const asked = JSON.parse(readFileSync(file, 'utf8'))
const latencies = []
let sent = 0
let failed = 0

await loadTest({
	url: asked[0].url,
	requestsPerSecond: Number(rate),
	maxSeconds: Number(seconds),
	agentKeepAlive: true,
	quiet: true,
	requestGenerator: (options, params, client, callback) => {
		const {url, body} = asked[sent++ % asked.length]
		const {pathname, search} = new URL(url)
		params.path = pathname + search
		if (body === null) return client(params, callback)
		params.method = 'POST'
		params.headers['content-type'] = 'application/json'
		params.headers['content-length'] = Buffer.byteLength(body)
		const request = client(params, callback)
		request.write(body)
		return request
	},
	statusCallback: (error, result) => {
		if (error) failed += 1
		else latencies.push(result.requestElapsed)
	},
})
latencies.sort((one, other) => one - other)
console.log(JSON.stringify({latencies, failed}))
