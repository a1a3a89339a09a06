// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * Random well-formed requests, as the published schemas describe them. Belongs to one
 * request.
 */
final class RandomRequest {

	private static final String PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

	private static final String[] TEXTS = { "Hi", "", " ", "Größe 📏", "line\nline", "\"quoted\"", "x".repeat(3000),
			"{}", "null", "<script>", "\u0000", "\uD83D\uDE00" };

	private final Random random;

	private final ObjectNode body = GatewayJson.object();

	private RandomRequest(Random random, String model) {
		this.random = random;
		this.body.put("model", model);
		maybe(() -> this.body.put("stream", this.random.nextBoolean()));
		maybe(() -> this.body.put("temperature", this.random.nextInt(20) / 10.0));
		maybe(() -> this.body.put("top_p", this.random.nextInt(10) / 10.0));
	}

	/** A request of chat completions. */
	static ObjectNode chat(Random random, String model) {
		RandomRequest request = new RandomRequest(random, model);
		ObjectNode body = request.body;
		ArrayNode messages = body.putArray("messages");
		request.maybe(() -> messages.addObject()
			.put("role", request.pick("system", "developer"))
			.put("content", request.text()));
		request.turns(messages, (call) -> {
			ObjectNode message = messages.addObject().put("role", "assistant");
			request.maybe(() -> message.put("content", request.text()));
			ObjectNode function = message.putArray("tool_calls").addObject().put("id", call).put("type", "function");
			function.putObject("function").put("name", "f0").put("arguments", "{\"a\":1}");
			messages.addObject().put("role", "tool").put("tool_call_id", call).put("content", request.text());
			return body;
		}, () -> messages.addObject().put("role", "assistant").put("content", request.nonEmpty()),
				() -> request.parts(messages.addObject().put("role", "user"), "text",
						(part) -> part.put("type", "image_url")
							.putObject("image_url")
							.put("url", "data:image/png;base64," + PIXEL)
							.put("detail", request.pick("auto", "low", "high"))));
		request.tools((tool, name) -> tool.put("type", "function")
			.putObject("function")
			.put("name", name)
			.put("description", request.text())
			.put("strict", false)
			.set("parameters", request.schema()), () -> request.pick("auto", "none", "required"));
		request.maybe(() -> body.put(request.pick("max_tokens", "max_completion_tokens"), 1 + random.nextInt(5000)));
		request.maybe(() -> body.put("seed", random.nextInt()));
		request.maybe(() -> body.put("n", 1));
		request.maybe(() -> body.put("user", request.text()));
		request.maybe(() -> body.put("frequency_penalty", random.nextInt(4) - 2.0));
		request.maybe(() -> body.put("reasoning_effort", request.pick("minimal", "low", "high")));
		request.maybe(() -> body.putObject("metadata").put("a", request.text()));
		request.maybe(() -> body.putObject("logit_bias").put("50256", -100));
		request.maybe(() -> body.putObject("stream_options").put("include_usage", random.nextBoolean()));
		request.maybe(() -> body.putArray("stop").add("END").add("STOP"));
		request.maybe(() -> body.put("service_tier", request.pick("auto", "flex")));
		request.maybe(() -> request.format(body.putObject("response_format")));
		return body;
	}

	/** A request of responses. */
	static ObjectNode responses(Random random, String model) {
		RandomRequest request = new RandomRequest(random, model);
		ObjectNode body = request.body;
		if (random.nextInt(4) == 0) {
			body.put("input", request.nonEmpty());
		}
		else {
			ArrayNode input = body.putArray("input");
			request.turns(input, (call) -> {
				input.addObject()
					.put("type", "function_call")
					.put("call_id", call)
					.put("name", "f0")
					.put("arguments", "{\"a\":1}");
				input.addObject()
					.put("type", "function_call_output")
					.put("call_id", call)
					.put("output", request.text());
				return body;
			}, () -> {
				input.addObject()
					.put("type", "reasoning")
					.put("id", "rs_1")
					.putArray("summary")
					.addObject()
					.put("type", "summary_text")
					.put("text", request.text());
				return input.addObject().put("role", "assistant").put("content", request.nonEmpty());
			}, () -> request.parts(input.addObject().put("role", "user"), "input_text",
					(part) -> part.put("type", "input_image").put("image_url", "data:image/png;base64," + PIXEL)));
		}
		request.tools((tool, name) -> tool.put("type", "function")
			.put("name", name)
			.put("description", request.text())
			.put("strict", false)
			.set("parameters", request.schema()), () -> request.pick("auto", "none", "required"));
		request.maybe(() -> body.put("instructions", request.text()));
		request.maybe(() -> body.put("max_output_tokens", 16 + random.nextInt(5000)));
		request.maybe(() -> body.put("store", random.nextBoolean()));
		request.maybe(() -> body.put("truncation", request.pick("auto", "disabled")));
		request.maybe(() -> body.put("prompt_cache_key", request.nonEmpty()));
		request.maybe(() -> body.put("parallel_tool_calls", random.nextBoolean()));
		request.maybe(() -> body.putArray("include").add("reasoning.encrypted_content"));
		request.maybe(() -> body.putObject("metadata").put("a", request.text()));
		request.maybe(() -> body.putObject("reasoning").put("effort", "low").put("summary", "auto"));
		request.maybe(() -> body.putObject("text").put("verbosity", request.pick("low", "medium", "high")));
		return body;
	}

	/** A request of Anthropic's messages. */
	static ObjectNode messages(Random random, String model) {
		RandomRequest request = new RandomRequest(random, model);
		ObjectNode body = request.body;
		body.put("max_tokens", 1 + random.nextInt(5000));
		ArrayNode messages = body.putArray("messages");
		request.turns(messages, (call) -> {
			ArrayNode said = messages.addObject().put("role", "assistant").putArray("content");
			request.maybe(() -> said.addObject().put("type", "text").put("text", request.nonEmpty()));
			said.addObject().put("type", "tool_use").put("id", call).put("name", "f0").putObject("input").put("a", 1);
			ObjectNode result = messages.addObject().put("role", "user").putArray("content").addObject();
			result.put("type", "tool_result").put("tool_use_id", call).put("content", request.text());
			request.maybe(() -> result.put("is_error", random.nextBoolean()));
			return body;
		}, () -> messages.addObject().put("role", "assistant").put("content", request.nonEmpty()),
				() -> request.parts(messages.addObject().put("role", "user"), "text",
						(part) -> part.put("type", "image")
							.putObject("source")
							.put("type", "base64")
							.put("media_type", "image/png")
							.put("data", PIXEL)));
		request.tools((tool, name) -> tool.put("name", name)
			.put("description", request.text())
			.set("input_schema", request.schema()), null);
		request.maybe(() -> body.put("system", request.text()));
		request.maybe(() -> body.put("top_k", random.nextInt(40)));
		request.maybe(() -> body.putObject("metadata").put("user_id", request.nonEmpty()));
		request.maybe(() -> body.putObject("thinking").put("type", "enabled").put("budget_tokens", 1024));
		request.maybe(() -> body.putArray("stop_sequences").add("END"));
		request.maybe(() -> body.put("service_tier", "auto"));
		request.maybe(() -> body.putObject("context_management").putArray("edits"));
		return body;
	}

	private void turns(ArrayNode conversation, Function<String, ObjectNode> calls, Supplier<ObjectNode> answers,
			Runnable asks) {
		asks.run();
		int turns = this.random.nextInt(4);
		for (int turn = 0; turn < turns; turn++) {
			if (this.random.nextBoolean()) {
				calls.apply("call_" + turn);
			}
			answers.get();
			asks.run();
		}
	}

	private void parts(ObjectNode message, String type, Function<ObjectNode, Object> image) {
		if (this.random.nextBoolean()) {
			message.put("content", nonEmpty());
			return;
		}
		ArrayNode parts = message.putArray("content");
		parts.addObject().put("type", type).put("text", nonEmpty());
		maybe(() -> image.apply(parts.addObject()));
		maybe(() -> parts.addObject().put("type", type).put("text", text()));
	}

	private void tools(ToolWriter writer, Supplier<String> choice) {
		int count = this.random.nextInt(4);
		for (int tool = 0; tool < count; tool++) {
			writer.write(this.body.withArray("tools").addObject(), "f" + tool);
		}
		if (count > 0 && choice != null) {
			maybe(() -> this.body.put("tool_choice", choice.get()));
		}
	}

	private ObjectNode schema() {
		ObjectNode schema = GatewayJson.object().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		properties.putObject("a").put("type", pick("integer", "string")).put("description", text());
		maybe(() -> properties.putObject("b").put("type", "array").putObject("items").put("type", "string"));
		maybe(() -> schema.putArray("required").add("a"));
		return schema;
	}

	private void format(ObjectNode format) {
		format.put("type", "json_schema").putObject("json_schema").put("name", "answer").set("schema", schema());
	}

	private void maybe(Runnable something) {
		if (this.random.nextInt(3) == 0) {
			something.run();
		}
	}

	private String pick(String... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

	private String text() {
		return pick(TEXTS);
	}

	private String nonEmpty() {
		return "Question " + text();
	}

	/** Writers of all protocols, by the path. */
	static ObjectNode of(String path, Random random, String model) {
		return switch (path) {
			case "/v1/chat/completions" -> chat(random, model);
			case "/v1/responses" -> responses(random, model);
			default -> messages(random, model);
		};
	}

	/** Where requests are posted. */
	static final List<String> PATHS = List.of("/v1/chat/completions", "/v1/responses", "/v1/messages");

	private interface ToolWriter {

		void write(ObjectNode tool, String name);

	}

}
