// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to write a request, and to read an answer that comes in one piece.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RequestBenchmark {

	private static final int CHARACTERS = 500;

	private final ResponseHead head = new ResponseHead(200, Map.of());

	private final byte[] answer = ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,"
			+ "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
			+ "x".repeat(CHARACTERS) + "\"},\"finish_reason\":\"stop\"}],"
			+ "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":100,\"total_tokens\":110}}")
		.getBytes(StandardCharsets.UTF_8);

	/** Number of turns of the conversation. */
	@Param({ "1", "20" })
	public int turns;

	private Dialect dialect;

	private EndpointRequest request;

	/** Writes the conversation. */
	@Setup
	public void prepare() {
		this.dialect = StandardDialects.all()
			.stream()
			.filter((known) -> known.provider().equals("openai"))
			.findFirst()
			.orElseThrow();
		Endpoint endpoint = Endpoint.named("one")
			.provider("openai")
			.url(URI.create("http://127.0.0.1:1/v1"))
			.model("gpt-4o")
			.apiKey(ApiKey.of("sk-of-a-benchmark"))
			.build();
		ChatRequestBuilder chat = ChatRequest.builder().system("You answer briefly.");
		for (int turn = 1; turn < this.turns; turn++) {
			chat.user("a question of forty characters, or so ...").assistant("x".repeat(CHARACTERS));
		}
		this.request = new EndpointRequest(endpoint, chat.user("and another one").build(), false);
	}

	/** Writes the request. */
	@Benchmark
	public WireRequest encode() {
		return this.dialect.encode(this.request);
	}

	/** Reads the answer. */
	@Benchmark
	public List<EndpointEvent> decode() {
		return this.dialect.decodeUnary(this.head, this.answer);
	}

}
