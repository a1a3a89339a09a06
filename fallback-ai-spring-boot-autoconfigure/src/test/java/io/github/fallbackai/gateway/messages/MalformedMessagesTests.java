// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are none, and errors in Anthropic's shape.
 */
class MalformedMessagesTests {

	private static final int REQUESTS = 300;

	private static final Set<Integer> STATUSES = Set.of(200, 400, 413);

	private static final String REQUEST = """
			{"model":"openai-openai","max_tokens":100,"system":[{"type":"text","text":"Be brief.",
			"cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"Hi"},
			{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},
			{"type":"document","title":"t","context":"c","source":{"type":"text","media_type":"text/plain","data":"d"}},
			{"type":"search_result","title":"t","source":"s","content":[{"type":"text","text":"f"}]}]},
			{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"s"},
			{"type":"redacted_thinking","data":"d"},{"type":"text","text":"a"},
			{"type":"tool_use","id":"t1","name":"n","input":{"a":1}}]},
			{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,
			"content":[{"type":"text","text":"r"}]}]}],"tools":[{"name":"n","description":"d",
			"input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"n","disable_parallel_tool_use":true},
			"stop_sequences":["END"],"temperature":0.5,"top_p":0.9,"top_k":5,"metadata":{"user_id":"u"},
			"thinking":{"type":"enabled","budget_tokens":1024},"output_config":{"effort":"low","format":
			{"type":"json_schema","schema":{"type":"object"}}},"service_tier":"auto","stream":false}""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void areNeverAFailureOfTheGateway() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		int refused = 0;
		for (int number = 0; number < REQUESTS; number++) {
			ObjectNode body = GatewayJson.read(REQUEST.getBytes()).object();
			for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
				spoil(body, random);
			}
			HttpResponse<String> response = gateway.post("/v1/messages", body.toString());
			assertThat(STATUSES).as("seed %d: %s answered %s", seed, body, response.body())
				.contains(response.statusCode());
			if (response.statusCode() != 200) {
				refused++;
				JsonNode error = MessagesGateway.json(response);
				assertThat(error.path("type").asText()).isEqualTo("error");
				assertThat(error.path("error").path("type").asText()).isEqualTo("invalid_request_error");
				assertThat(error.path("error").path("message").asText()).isNotEmpty();
			}
		}
		assertThat(refused).as("seed %d", seed).isBetween(REQUESTS / 10, REQUESTS - 1);
	}

	private static void spoil(ObjectNode body, Random random) {
		List<JsonNode> containers = new ArrayList<>();
		collect(body, containers);
		JsonNode container = containers.get(random.nextInt(containers.size()));
		if (container instanceof ObjectNode object && !object.isEmpty()) {
			List<String> names = new ArrayList<>();
			object.fieldNames().forEachRemaining(names::add);
			String name = names.get(random.nextInt(names.size()));
			if (name.equals("model")) {
				return;
			}
			if (random.nextInt(3) == 0) {
				object.remove(name);
			}
			else {
				object.set(name, value(random));
			}
		}
		else if (container instanceof ArrayNode array) {
			array.insert(random.nextInt(array.size() + 1), value(random));
		}
	}

	private static void collect(JsonNode node, List<JsonNode> containers) {
		if (node.isContainerNode()) {
			containers.add(node);
			node.forEach((child) -> collect(child, containers));
		}
	}

	private static JsonNode value(Random random) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		return switch (random.nextInt(10)) {
			case 0 -> nodes.nullNode();
			case 1 -> nodes.numberNode(random.nextInt());
			case 2 -> nodes.numberNode(1e300);
			case 3 -> nodes.textNode("");
			case 4 -> nodes.textNode("\ud83d");
			case 5 -> nodes.booleanNode(true);
			case 6 -> nodes.arrayNode().add(1);
			case 7 -> nodes.objectNode().put("type", "strange");
			case 8 -> nodes.textNode("all.1.abc");
			default -> nodes.textNode("user");
		};
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\"max_tokens\":1,\"messages\":[]} | 400 | invalid_request_error | model",
			"{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | 400 | invalid_request_error | max_tokens",
			"{\"model\":\"auto\",\"max_tokens\":1,\"messages\":[]} | 400 | invalid_request_error | messages",
			"{\"model\":\"auto\",\"max_tokens\":1,\"messages\":[{\"role\":\"tool\",\"content\":\"Hi\"}]} | 400 | invalid_request_error | role",
			"{\"model\":\"none\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | 404 | not_found_error | model",
			"{\"model\":\"openai-openai\",\"max_tokens\":1,\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | 400 | invalid_request_error | tools[0].type",
			"nonsense | 400 | invalid_request_error | JSON" })
	void areExplained(String body, int status, String type, String word) {
		HttpResponse<String> response = gateway.post("/v1/messages", body);
		assertThat(response.statusCode()).isEqualTo(status);
		JsonNode error = MessagesGateway.json(response);
		assertThat(error.path("type").asText()).isEqualTo("error");
		assertThat(error.path("error").path("type").asText()).isEqualTo(type);
		assertThat(error.path("error").path("message").asText()).contains(word);
		assertThat(response.headers().firstValue("request-id")).contains(error.path("request_id").asText());
	}

}
