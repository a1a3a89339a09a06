// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.Patience;
import io.netty.util.internal.PlatformDependent;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A gateway in a process of its own, with a heap of its own, before a provider that
 * answers at once. It tells its port, and when it is asked its memory and for how long an
 * event loop was held.
 */
final class GatewayProgram {

	private static final String ANSWER = "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
			+ "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

	private GatewayProgram() {
	}

	/** Ends when its input does. */
	public static void main(String[] arguments) throws IOException {
		DisposableServer provider = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then(response.header("content-type", "application/json").sendString(Mono.just(ANSWER)).then()))
			.bindNow();
		Endpoint endpoint = Endpoint.named("primary")
			.url(URI.create("http://127.0.0.1:" + provider.port() + "/v1"))
			.model("m")
			.limits(Patience.LIMITS)
			.unaryAsStream(false)
			.build();
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		try (GatewayServer gateway = GatewayServer.before(endpoint);
				BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			List<LoopWatch> loops = LoopWatch.all();
			out.println("port " + gateway.port());
			while (in.readLine() != null) {
				long held = loops.stream().mapToLong(LoopWatch::heldMillis).max().orElseThrow();
				out.println("memory " + heap() + ' ' + PlatformDependent.usedDirectMemory() + ' ' + held);
			}
		}
		provider.disposeNow();
	}

	private static long heap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
