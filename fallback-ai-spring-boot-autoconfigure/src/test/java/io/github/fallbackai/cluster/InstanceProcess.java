// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link ClusterInstance} in a process of its own, as the test sees it.
 */
final class InstanceProcess implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final AtomicInteger calls = new AtomicInteger();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Process process;

	private final PrintStream commands;

	private volatile int started;

	private InstanceProcess(Process process) {
		this.process = process;
		this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "instance-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/** Starts a process; {@link #awaitReady} tells when it can be told something. */
	static InstanceProcess start(List<String> jvmArguments, List<String> properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath()));
		command.addAll(jvmArguments);
		command.add(ClusterInstance.class.getName());
		properties.forEach((property) -> command.add("--" + property));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			return new InstanceProcess(process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Surefire starts with a jar that only lists the class path, and keeps it there. */
	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				boolean told = line.startsWith(ClusterInstance.SIGN);
				(told ? this.lines : this.log).add(told ? line.substring(ClusterInstance.SIGN.length()) : line);
			}
		}
		catch (IOException ex) {
			// The process was killed.
		}
	}

	InstanceProcess awaitReady() {
		Awaitility.await().atMost(PATIENCE).until(() -> this.lines.contains("ready") || !this.process.isAlive());
		assertThat(this.lines).as(() -> String.join("\n", this.log)).contains("ready");
		return this;
	}

	/** Starts calls one after the other, without waiting for answers. */
	void call(String chain, int times) {
		this.started += times;
		for (int i = 0; i < times; i++) {
			this.commands.println("call " + calls.incrementAndGet() + ' ' + chain);
		}
	}

	/** Makes calls and waits until none is under way. */
	void callAndWait(String chain, int times) {
		call(chain, times);
		Awaitility.await().atMost(PATIENCE).until(() -> underWay() == 0);
	}

	/** Number of calls that have not ended, one way or the other. */
	long underWay() {
		return this.started - count("answer") - count("error");
	}

	long count(String beginning) {
		return this.lines.stream().filter((line) -> line.startsWith(beginning)).count();
	}

	/** Waits until something was told so many times. */
	void awaitTold(String beginning, int times) {
		ClusterFixture.await(() -> count(beginning) >= times);
	}

	/** Everything told so far that begins with some words. */
	List<String> told(String beginning) {
		return this.lines.stream().filter((line) -> line.startsWith(beginning)).toList();
	}

	/** Asks something and waits for the answer, as words. */
	String[] ask(String question) {
		String kind = question.split(" ")[0];
		long before = count(kind);
		this.commands.println(question);
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.pollDelay(Duration.ZERO)
			.until(() -> count(kind) > before);
		List<String> answers = told(kind);
		return answers.get(answers.size() - 1).split(" ");
	}

	/** State of an endpoint's circuit breaker. */
	String breaker(String endpoint) {
		return ask("status " + endpoint)[2];
	}

	/** Lines of the log. */
	List<String> log() {
		return this.log;
	}

	void suspend() {
		Signals.suspend(this.process);
	}

	void resume() {
		Signals.resume(this.process);
	}

	/** Ends it as kill -9 does. */
	void kill() {
		this.process.destroyForcibly();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() {
		kill();
	}

}
