// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.heavy;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.Patience;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A program in a process of its own, with a heap of its own, that asks a provider whose
 * answers are heavy, and behind it one that answers at once. It reads names of answers,
 * and tells who answered each of its calls and how long they took. For an empty line it
 * tells its heap.
 */
final class HeavyAnswersProgram {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final String ANSWER = "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
			+ "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

	private static final LoopResources LOOPS = LoopResources.create("providers", 1, true);

	private HeavyAnswersProgram() {
	}

	/** Ends when its input does. */
	public static void main(String[] arguments) throws IOException {
		AtomicReference<HeavyAnswer> heavy = new AtomicReference<>(HeavyAnswer.LISTS);
		DisposableServer primary = server((response) -> send(heavy.get(), response));
		DisposableServer backup = server(
				(response) -> response.header("content-type", "application/json").sendString(Mono.just(ANSWER)).then());
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String[] words = line.split(" ");
				if (words.length == 2) {
					heavy.set(HeavyAnswer.valueOf(words[0]));
					out.println("told " + ask(heavy.get(), Integer.parseInt(words[1]), primary, backup));
				}
				else {
					out.println("told " + heap());
				}
			}
		}
		primary.disposeNow();
		backup.disposeNow();
	}

	private static String ask(HeavyAnswer heavy, int calls, DisposableServer primary, DisposableServer backup) {
		long begin = System.nanoTime();
		try (AiFallbackTemplate ai = AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", heavy.provider(), primary))
			.endpoint(endpoint("backup", "openai", backup))
			.build()) {
			List<String> answered = Flux.range(0, calls)
				.flatMap((call) -> ai.chat("Hello?").map(ChatResponse::endpoint), calls)
				.collectList()
				.block(LONG);
			long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
			return String.join(",", Objects.requireNonNull(answered)) + ' ' + millis;
		}
	}

	private static Endpoint endpoint(String name, String provider, DisposableServer server) {
		return Endpoint.named(name)
			.provider(provider)
			.url(URI.create("http://127.0.0.1:" + server.port() + "/v1"))
			.model("m")
			.limits(Patience.LIMITS)
			.build();
	}

	private static DisposableServer server(Function<HttpServerResponse, Mono<Void>> answer) {
		return HttpServer.create()
			.runOn(LOOPS)
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive().then(answer.apply(response)))
			.bindNow();
	}

	/** Sends the answer without ever having it. */
	private static Mono<Void> send(HeavyAnswer heavy, HttpServerResponse response) {
		byte[] begin = heavy.begin();
		byte[] again = heavy.again();
		byte[] end = heavy.end();
		int times = (HeavyAnswer.SIZE - begin.length - end.length) / again.length;
		Flux<byte[]> pieces = Flux.concat(Mono.just(begin), Flux.range(0, times).map((time) -> again), Mono.just(end));
		return response.header("content-type", heavy.stream() ? "text/event-stream" : "application/json")
			.send(pieces.map(Unpooled::wrappedBuffer))
			.then();
	}

	private static long heap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
