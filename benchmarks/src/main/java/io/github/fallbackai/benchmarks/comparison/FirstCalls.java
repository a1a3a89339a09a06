// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.benchmarks.Numbers;
import io.github.fallbackai.benchmarks.wire.MockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the first calls of a fresh process take, against a provider that answers at
 * once. Each process makes one call, waits for it, and makes the next. Arguments: number
 * of processes for each client (default 7), seconds between the start of a process and
 * its first call (default 2).
 */
public final class FirstCalls {

	private static final Logger logger = LoggerFactory.getLogger(FirstCalls.class);

	private static final List<ClientName> CLIENTS = List.of(ClientName.WEBCLIENT, ClientName.SPRING_AI,
			ClientName.FALLBACK_AI, ClientName.FALLBACK_AI_AS_STREAM);

	private static final int CALLS = 3;

	private static final double MILLI = 1e6;

	private FirstCalls() {
	}

	/**
	 * Measures and prints a table.
	 * @param args see above
	 * @throws Exception if a process cannot be started
	 */
	public static void main(String[] args) throws Exception {
		int processes = Numbers.of(args, 0, 7);
		long pause = Numbers.of(args, 1, 2);
		Map<ClientName, double[][]> millis = new EnumMap<>(ClientName.class);
		try (MeasuredProcess mock = MeasuredProcess.start(MockProvider.class)) {
			String url = "http://127.0.0.1:" + mock.answer() + MockProvider.SHORT + "/v1";
			for (int i = 0; i < processes; i++) {
				for (ClientName client : CLIENTS) {
					measure(client, url, pause,
							millis.computeIfAbsent(client, (absent) -> new double[CALLS][processes]), i);
				}
			}
		}
		logger.info("{}", table(millis));
		System.exit(0);
	}

	private static void measure(ClientName client, String url, long pause, double[][] millis, int round)
			throws IOException, InterruptedException {
		try (MeasuredProcess process = MeasuredProcess.start(ClientProgram.class, client.text(), url)) {
			process.answer();
			TimeUnit.SECONDS.sleep(pause);
			for (double[] call : millis) {
				call[round] = Double.parseDouble(process.ask("call 1 1").split(" ", -1)[2]) / MILLI;
			}
		}
	}

	private static String table(Map<ClientName, double[][]> millis) {
		StringBuilder table = new StringBuilder("medians in ms, the first calls of a process\n");
		millis.forEach((client, calls) -> {
			table.append(String.format(Locale.ROOT, "  %-22s", client.text()));
			for (double[] call : calls) {
				table.append(String.format(Locale.ROOT, " %8.1f", Numbers.median(call)));
			}
			table.append('\n');
		});
		return table.toString();
	}

}
