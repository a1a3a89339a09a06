// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.fallbackai.benchmarks.Numbers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the starter with two endpoints adds to the start of an empty application
 * with web server and actuator. Both start in turns. Processor time is that of the whole
 * process 3 seconds after the start, because the starter runs a call's code beside it.
 * Argument: number of starts of each (default 7).
 */
public final class StartUp {

	private static final Logger logger = LoggerFactory.getLogger(StartUp.class);

	/** What the benchmarks need, and no application has. */
	private static final Pattern OTHERS = Pattern.compile(
			".*(spring-ai|langchain4j|openai-java|jmh|embedded-redis|reactor-test|fallback-ai-spring-boot-test).*");

	/** What the starter brings. */
	private static final Pattern STARTER = Pattern
		.compile(".*(fallback-ai-|resilience4j|vavr|lettuce|spring-data|spring-boot-starter-data-redis).*");

	private static final int SETTLED = 3;

	private StartUp() {
	}

	/**
	 * Measures and prints medians.
	 * @param args see above
	 * @throws Exception if an application cannot be started
	 */
	public static void main(String[] args) throws Exception {
		int starts = Numbers.of(args, 0, 7);
		List<String> application = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !OTHERS.matcher(entry).matches())
			.toList();
		List<String> without = application.stream().filter((entry) -> !STARTER.matcher(entry).matches()).toList();
		double[][] empty = new double[2][starts];
		double[][] ours = new double[2][starts];
		for (int start = 0; start < starts; start++) {
			measure(without, List.of(), empty, start);
			measure(application, endpoints(), ours, start);
		}
		logger.info("{}", String.format(Locale.ROOT,
				"medians in ms: empty application started after %.0f, processor time %.0f; with the starter %.0f, %.0f",
				Numbers.median(empty[0]), Numbers.median(empty[1]), Numbers.median(ours[0]), Numbers.median(ours[1])));
	}

	private static List<String> endpoints() {
		return List.of("--fallback.ai.state-store.type=memory", "--management.health.redis.enabled=false",
				"--fallback.ai.endpoints[0].name=a", "--fallback.ai.endpoints[0].url=http://127.0.0.1:9/v1",
				"--fallback.ai.endpoints[0].model=m", "--fallback.ai.endpoints[1].name=b",
				"--fallback.ai.endpoints[1].url=http://127.0.0.1:9/v1", "--fallback.ai.endpoints[1].model=m");
	}

	private static void measure(List<String> classPath, List<String> arguments, double[][] millis, int start)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classPath.stream().collect(Collectors.joining(File.pathSeparator)), EmptyApplication.class.getName(),
				"--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (BufferedReader answers = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true)) {
			millis[0][start] = Double.parseDouble(answers.readLine());
			TimeUnit.SECONDS.sleep(SETTLED);
			commands.println();
			millis[1][start] = Double.parseDouble(answers.readLine());
		}
		finally {
			process.destroy();
			process.waitFor();
		}
	}

}
