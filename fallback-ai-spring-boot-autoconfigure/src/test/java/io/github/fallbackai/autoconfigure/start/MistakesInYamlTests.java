// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * What users read who made a mistake in {@code application.yaml}: the property, its line
 * and column, and the cure.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class MistakesInYamlTests {

	private static final String ENDPOINT = """
			fallback:
			  ai:
			    endpoints:
			      - name: primary
			        model: large
			        api-key: sk-1
			""";

	@TempDir
	private Path directory;

	/** Each is line 7, the first after the endpoint's own. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					price: { input: cheap, output: 1 }   | price.input            | 25 | cannot be read (expected: a number)        | Set it to a number.
					price: 2.5                           | price                  | 16 | has a value of its own                     | Set any of these below it instead: cache-write, cached-input, input, output.
					timeout: 10s                         | timeout                | 18 | has a value of its own                     | connect, first-content, idle, total
					timeout: [ 10s ]                     | timeout[0]             | 20 | is an element of a list                    | connect, first-content, idle, total
					first-content: 10s                   | first-content          | 24 | there is no such property at this place    | Move it to fallback.ai.endpoints[0].timeout.first-content.
					deadline: 10s                        | deadline               | 19 | there is no such property at this place    | Move it to fallback.ai.chains.<name>.deadline or fallback.ai.deadline.
					provider: antropic                   | provider               | 19 | unknown: antropic (expected: one of anthro | Did you mean anthropic?
					url: api.example.com                 | url                    | 14 | needs a scheme                             | https://api.openai.com/v1
					auth: baerer                         | auth                   | 15 | (expected: one of bearer, api-key, none)   | Did you mean bearer?
					capabilities: [ tools, images ]      | capabilities[1]        | 32 | (expected: one of tools, vision, json-     | Set it to one of these.
					context-window: 128k                 | context-window         | 25 | (expected: a whole number)                 | Set it to a whole number.
					preferred: maybe                     | preferred              | 20 | (expected: true or false)                  | Set it to true or false.
					headers: [ { X-A: b } ]              | headers[0].x-a         | 27 | is an element of a list                    | Write a name and a colon in place of each dash.
					parameters: { temperature: 0.2 }     | parameters.temperature | 36 | there is no such property at this place    | Move it below fallback.ai.endpoints[0].parameters.set
					retry: { kinds: rate-limited }       | retry.kinds            | 25 | rate-limited makes the endpoint cool down  | set wait-when-unavailable to true
					retry: { "on": [ overloaded ] }      | retry.on[0]            | 26 | it is called kinds now                     | Rename it to kinds.
					timeout: { idle: 0s }                | timeout.idle           | 26 | 0s (expected: > 0)                         | Set it to a duration above zero, for example 30s.
					weight: 0                            | weight                 | 17 | 0 (expected: >= 1)                         | Set it to a number in these bounds.
					""")
	void ofAnEndpoint(String line, String property, int column, String reason, String cure, CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + "        " + line)
			.fails(output, "Property: fallback.ai.endpoints[0]." + property + '\n', origin(7, column), reason, cure);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					defaults: { first-content: 10s }       | defaults.first-content | 32 | no such property at this place  | Move it to fallback.ai.defaults.timeout.first-content.
					defaults: { retry: { on: [ rejected ] }}| defaults.retry[true][0]| 32 | YAML reads the keys on, off    | Rename it to kinds, as retry.on is called now.
					limits: { yes: 3MB }                   | limits[true]           | 20 | YAML reads the keys on, off     | Put the key in quotation marks.
					default: { enabled: true }             | default.enabled        | 25 | there is no such property       | Did you mean defaults?
					overrides: { premary: { model: x } }   | overrides.premary      | 36 | matches no endpoint             | Did you mean primary?
					api-keys: [ sk-1 ]                     | api-keys[0]            | 17 | is an element of a list         | Write a name and a colon in place of each dash.
					chains: [ { name: smart } ]            | chains[0].name         | 23 | is an element of a list         | Write a name and a colon in place of each dash.
					chains: { smart: [ primary ] }         | chains.smart[0]        | 24 | is an element of a list         | attempt-timeouts, continuation-instruction, deadline, endpoints
					chains: { a: { endpoints: [ prime ] } }| chains.a.endpoints[0]  | 33 | matches no endpoint             | Use the name of an endpoint
					gateway: { clients: [ { name: web } ] }| gateway.clients[0].name| 35 | is an element of a list         | Write a name and a colon in place of each dash.
					hedge: 500ms                           | hedge                  | 12 | has a value of its own          | delay, max-ratio
					hedge: { delay: 5 sec }                | hedge.delay            | 21 | cannot be read (expected: a dur | or to p95
					hedge: { delay: 500 }                  | hedge.delay            | 21 | 500 has no unit                 | Write 500s if seconds are meant, or 500ms if milliseconds are.
					fallback-on: [ rate_limit ]            | fallback-on[0]         | 20 | (expected: one of rate-limited, | Did you mean rate-limited?
					stream-recovery: resum                 | stream-recovery        | 22 | (expected: one of resume, resta | Did you mean resume?
					switch-delay: 1.5s                     | switch-delay           | 19 | (expected: a duration such as   | Set it to a duration such as 30s.
					limits: { response: 32 }               | limits.response        | 25 | 32 has no unit                  | Write 32MB or 32KB, or 32B if bytes are meant.
					state-store: redis                     | state-store            | 18 | has a value of its own          | command-timeout
					default-chain: smart                   | default-chain          | 20 | matches no chain                | Set it to the chain
					""")
	void ofEverythingElse(String line, String property, int column, String reason, String cure, CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + "    " + line)
			.fails(output, "Property: fallback.ai." + property + '\n', origin(7, column), reason, cure);
	}

	@Test
	void ofTheListOfEndpoints(CapturedOutput output) {
		RealStart start = RealStart.in(this.directory);
		start.yaml("""
				fallback:
				  ai:
				    endpoints:
				      primary:
				        model: large
				""")
			.fails(output, "Property: fallback.ai.endpoints.primary.model\n", origin(5, 16),
					"is below a name, but fallback.ai.endpoints is a list", "Write '- name: primary' instead");
		start.yaml("fallback.ai.endpoints: large")
			.fails(output, "Property: fallback.ai.endpoints\n", origin(1, 24), "Write each endpoint as an element");
		start.yaml("fallback.ai.endpoints: [ large ]")
			.fails(output, "Property: fallback.ai.endpoints[0]\n", origin(1, 26), "Write each endpoint as an element");
		start.yaml("fallback.ai.endpoint: [ { model: large } ]")
			.fails(output, "Property: fallback.ai.endpoint[0].model\n", origin(1, 34), "Did you mean endpoints?");
	}

	@Test
	void ofAVariableThatNamesAnEndpointInTheList(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT)
			.variable("FALLBACK_AI_ENDPOINTS_PRIMARY_APIKEY", "sk-2")
			.fails(output, "Property: fallback.ai.endpoints.primary.apikey\n", "FALLBACK_AI_ENDPOINTS_PRIMARY_APIKEY",
					"is below a name, but fallback.ai.endpoints is a list", "FALLBACK_AI_APIKEYS_PRIMARY");
	}

	@Test
	void ofAVariableWithAFormerName(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT)
			.variable("FALLBACK_AI_DEFAULTS_RETRY_ON", "overloaded")
			.fails(output, "Property: fallback.ai.defaults.retry.on\n", "FALLBACK_AI_DEFAULTS_RETRY_ON",
					"it is called kinds now");
	}

	/** Spring Boot reads no further, and asks no analyzer that needs an application. */
	@Test
	void ofAKeyThatYamlTakesForABoolean(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + "        retry: { on: [ overloaded ] }")
			.fails(output, "a key that YAML reads as true or false",
					"retry.on of fallback-ai is called retry.kinds now");
	}

	@Test
	void saysWhereAPropertyIsMissing(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + "      - name: backup")
			.fails(output, "Property: fallback.ai.endpoints[1].model\n", "Near: URL", "application.yaml] - 7:15",
					"missing");
	}

	private static String origin(int line, int column) {
		return "application.yaml] - " + line + ':' + column + '\n';
	}

}
