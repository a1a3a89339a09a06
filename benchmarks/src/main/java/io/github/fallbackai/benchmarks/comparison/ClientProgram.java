// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The process of one client. It reads commands, one a line: {@code call} or
 * {@code stream}, how many at a time, how many in all. After each it prints what that
 * cost: nanoseconds of processor time, bytes, and nanoseconds that passed.
 */
final class ClientProgram {

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
		Client client = ClientName.of(args[0]).create(URI.create(args[1]));
		answers.println("ready");
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			answers.println(run(client, command.split(" ", -1)));
		}
		System.exit(0);
	}

	private static String run(Client client, String[] command) throws IOException {
		boolean streaming = command[0].equals("stream");
		int atATime = Integer.parseInt(command[1]);
		int calls = Integer.parseInt(command[2]);
		ProcessCost before = ProcessCost.now();
		long start = System.nanoTime();
		Flux.range(0, calls)
			.flatMap((i) -> streaming ? client.stream().map(ClientProgram::whole) : whole(client.call()), atATime)
			.blockLast();
		long passed = System.nanoTime() - start;
		ProcessCost cost = ProcessCost.now().since(before);
		return String.format(Locale.ROOT, "%d %d %d", cost.nanos(), cost.bytes(), passed);
	}

	private static Mono<Boolean> whole(Mono<String> answer) {
		return answer.map((text) -> whole(text.length()));
	}

	/** No client may be fast because it loses text. */
	private static boolean whole(long characters) {
		if (characters < 500) {
			throw new IllegalStateException("answer: " + characters + " characters (expected: >= 500)");
		}
		return true;
	}

}
