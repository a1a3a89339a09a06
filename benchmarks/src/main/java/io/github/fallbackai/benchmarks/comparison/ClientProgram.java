// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.fallbackai.benchmarks.wire.MockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The process of one client. It reads commands, one a line: {@code call} or
 * {@code stream}, how many at a time, how many in all. After each it prints what that
 * cost: nanoseconds of processor time, bytes, and nanoseconds that passed. At
 * {@code heap} it prints the bytes that are left after a collection, and the number of
 * threads.
 */
final class ClientProgram {

	private static final Logger logger = LoggerFactory.getLogger(ClientProgram.class);

	private static final int WHOLE = 500;

	private static final int STREAMED = MockProvider.CHUNKS * MockProvider.CHARACTERS;

	private ClientProgram() {
	}

	/**
	 * Runs until its standard input ends.
	 * @param args name of the client, base URL of the provider
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		// Whatever logs must not mix with the answers.
		System.setOut(System.err);
		try {
			serve(ClientName.of(args[0]).create(URI.create(args[1])), answers);
			System.exit(0);
		}
		catch (RuntimeException ex) {
			logger.error("{} failed", args[0], ex);
			System.exit(1);
		}
	}

	private static void serve(Client client, PrintStream answers) throws IOException {
		answers.println("ready");
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			answers.println(run(client, command.split(" ", -1)));
		}
	}

	private static String run(Client client, String[] command) throws IOException {
		if (command[0].equals("heap")) {
			System.gc();
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " "
					+ ManagementFactory.getThreadMXBean().getThreadCount();
		}
		boolean streaming = command[0].equals("stream");
		int atATime = Integer.parseInt(command[1]);
		int calls = Integer.parseInt(command[2]);
		ProcessCost before = ProcessCost.now();
		long start = System.nanoTime();
		Flux.range(0, calls)
			.flatMap((i) -> streaming ? client.stream().map((length) -> whole(length, STREAMED)) : whole(client.call()),
					atATime)
			.blockLast();
		long passed = System.nanoTime() - start;
		ProcessCost cost = ProcessCost.now().since(before);
		return String.format(Locale.ROOT, "%d %d %d", cost.nanos(), cost.bytes(), passed);
	}

	private static Mono<Boolean> whole(Mono<String> answer) {
		return answer.map((text) -> whole(text.length(), WHOLE));
	}

	/** No client may be fast because it loses text. */
	private static boolean whole(long characters, int expected) {
		if (characters < expected) {
			throw new IllegalStateException("answer: " + characters + " characters (expected: >= " + expected + ")");
		}
		return true;
	}

}
