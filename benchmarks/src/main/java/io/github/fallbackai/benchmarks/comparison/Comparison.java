// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.benchmarks.wire.MockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what calls cost over different clients, each in a process of its own, against
 * a provider in yet another process. The clients take turns in short rounds, so that all
 * see the same machine. Arguments: {@code quick} (some minutes) or {@code full}, and the
 * names of clients, without which all take part.
 */
public final class Comparison {

	private static final Logger logger = LoggerFactory.getLogger(Comparison.class);

	private static final ClientName REFERENCE = ClientName.WEBCLIENT;

	private final Results results = new Results(REFERENCE.text());

	private final List<ClientName> clients;

	private final String provider;

	private Comparison(List<ClientName> clients, String provider) {
		this.clients = clients;
		this.provider = provider;
	}

	/**
	 * Measures, writes the results and prints a table.
	 * @param args see above
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] args) throws IOException {
		List<String> arguments = Arrays.stream(args).flatMap((arg) -> Arrays.stream(arg.split("[ ,]+"))).toList();
		boolean full = arguments.contains("full");
		List<ClientName> named = Arrays.stream(ClientName.values())
			.filter((client) -> client == REFERENCE || arguments.contains(client.text()))
			.toList();
		List<ClientName> clients = (named.size() > 1) ? named : List.of(ClientName.values());
		try (MeasuredProcess mock = MeasuredProcess.start(MockProvider.class)) {
			Comparison comparison = new Comparison(clients, "http://127.0.0.1:" + mock.answer());
			comparison.measure(full ? Workloads.FULL : Workloads.QUICK);
			logger.info("{}",
					Report.write("clients", "Processor time of a client, WebClient = 1", comparison.results.lines()));
		}
		System.exit(0);
	}

	/**
	 * Each kind of call has processes of its own, because the first calls count. Whole
	 * answers are as long as the provider's short streams, so that a client that streams
	 * them inside gets the same text.
	 */
	private void measure(Workloads workloads) throws IOException {
		measureTogether(workloads.unary(), this.clients, this.provider + MockProvider.SHORT + "/v1");
		measureTogether(workloads.streams(),
				this.clients.stream().filter((client) -> client != ClientName.FALLBACK_AI_AS_STREAM).toList(),
				this.provider + "/v1");
	}

	private void measureTogether(List<Workload> workloads, List<ClientName> clients, String url) throws IOException {
		Map<ClientName, MeasuredProcess> processes = new EnumMap<>(ClientName.class);
		try {
			for (ClientName client : clients) {
				MeasuredProcess process = MeasuredProcess.start(ClientProgram.class, client.text(), url);
				processes.put(client, process);
				process.answer();
			}
			for (Workload workload : workloads) {
				measure(workload, processes);
			}
		}
		finally {
			processes.values().forEach(MeasuredProcess::close);
		}
	}

	private void measure(Workload workload, Map<ClientName, MeasuredProcess> processes) throws IOException {
		logger.info("{}", workload.name());
		if (workload.warmUp() > 0) {
			for (MeasuredProcess process : processes.values()) {
				process.ask(workload.command() + " " + workload.atATime() + " " + workload.warmUp());
			}
		}
		for (int round = 0; round < workload.rounds(); round++) {
			for (Map.Entry<ClientName, MeasuredProcess> entry : processes.entrySet()) {
				String answer = entry.getValue().ask(workload.round());
				this.results.add(workload, entry.getKey().text(), Results.Round.of(answer, workload.units()));
			}
		}
	}

}
