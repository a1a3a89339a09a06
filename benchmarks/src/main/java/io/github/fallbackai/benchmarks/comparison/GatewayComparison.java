// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.benchmarks.wire.MockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Compares what a request through the gateway costs the gateway's process with a WebFlux
 * application that passes bytes through. Both take turns in short rounds. Argument:
 * {@code quick} or {@code full}.
 */
public final class GatewayComparison {

	private static final Logger logger = LoggerFactory.getLogger(GatewayComparison.class);

	private final Results results = new Results(GatewayProgram.PASS_THROUGH);

	private final Map<String, MeasuredProcess> gateways = new LinkedHashMap<>();

	private final Map<String, Client> users = new LinkedHashMap<>();

	private GatewayComparison() {
	}

	/**
	 * Measures, writes the results and prints a table.
	 * @param args see above
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] args) throws IOException {
		boolean full = Arrays.stream(args).anyMatch((arg) -> arg.contains("full"));
		GatewayComparison comparison = new GatewayComparison();
		try (MeasuredProcess mock = MeasuredProcess.start(MockProvider.class)) {
			String provider = "http://127.0.0.1:" + mock.answer() + "/v1";
			comparison.start(GatewayProgram.PASS_THROUGH, provider);
			comparison.start(GatewayProgram.GATEWAY, provider);
			for (Workload workload : workloads(full ? 4 : 1)) {
				comparison.measure(workload);
			}
			logger.info("{}", Report.write("gateway", "Processor time of a gateway, WebFlux pass-through = 1",
					comparison.results.lines()));
		}
		finally {
			comparison.gateways.values().forEach(MeasuredProcess::close);
		}
		System.exit(0);
	}

	private static List<Workload> workloads(int scale) {
		return List.of(new Workload("unary, first 3,000 requests", "call", 64, 3000, 0, 1),
				new Workload("unary, 64 clients", "call", 64, 2000 * scale, 10_000 * scale, 7),
				new Workload("unary, 1 client", "call", 1, 500 * scale, 500, 7),
				new Workload("unary, 256 clients", "call", 256, 2000 * scale, 2000, 7),
				new Workload("stream, 64 clients", "stream", 64, 150 * scale, 600 * scale, 7),
				new Workload("stream, 1 client", "stream", 1, 30 * scale, 30, 7),
				new Workload("stream, 256 clients", "stream", 256, 256 * scale, 256, 7));
	}

	private void start(String name, String provider) throws IOException {
		MeasuredProcess gateway = MeasuredProcess.start(GatewayProgram.class, name, provider);
		this.gateways.put(name, gateway);
		this.users.put(name, new RawReactorNetty(URI.create("http://127.0.0.1:" + gateway.answer() + "/v1")));
	}

	private void measure(Workload workload) throws IOException {
		logger.info("{}", workload.name());
		for (Client user : this.users.values()) {
			use(user, workload, workload.warmUp());
		}
		for (int round = 0; round < workload.rounds(); round++) {
			for (Map.Entry<String, MeasuredProcess> gateway : this.gateways.entrySet()) {
				gateway.getValue().ask("begin");
				use(this.users.getOrDefault(gateway.getKey(), this.users.values().iterator().next()), workload,
						workload.calls());
				this.results.add(workload, gateway.getKey(),
						Results.Round.of(gateway.getValue().ask("end"), workload.units()));
			}
		}
	}

	private static void use(Client user, Workload workload, int calls) {
		Flux.range(0, calls)
			.flatMap((i) -> workload.streaming() ? user.stream() : user.call(), workload.atATime())
			.blockLast();
	}

}
