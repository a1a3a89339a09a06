// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java process with the class path of the application, whose output goes to a file.
 * Closing it ends it.
 */
final class ChildProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 600;

	private final Process process;

	private final Path output;

	private ChildProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Starts a process in the folder of its output.
	 * @param output file for what it prints
	 * @param first what comes first on its class path
	 * @param command options, main class and arguments
	 */
	static ChildProcess start(Path output, List<Path> first, String... command) throws IOException {
		return start(output, first, Map.of(), command);
	}

	/**
	 * Starts a process with environment variables, in the folder of its output.
	 * @param output file for what it prints
	 * @param first what comes first on its class path
	 * @param variables its environment, beside that of this process
	 * @param command options, main class and arguments
	 */
	static ChildProcess start(Path output, List<Path> first, Map<String, String> variables, String... command)
			throws IOException {
		List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath(first)));
		line.addAll(List.of(command));
		ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.directory(output.getParent().toFile());
		ProviderMode.KEY_VARIABLES.forEach(builder.environment()::remove);
		builder.environment().putAll(variables);
		return new ChildProcess(builder.start(), output);
	}

	/** The application's class path, without its tests. */
	static String classPath(List<Path> first) {
		return Stream
			.concat(first.stream().map(Path::toString),
					Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
						.filter((entry) -> !entry.endsWith("test-classes")))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** What it has printed so far. */
	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Waits for its end and returns its exit code. */
	int exitCode() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("still running: " + output());
		}
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

}
