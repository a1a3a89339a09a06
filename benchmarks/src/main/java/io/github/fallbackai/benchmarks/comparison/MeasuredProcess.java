// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another process of this benchmark: it takes commands, one a line, and answers each with
 * a line. It ends with its standard input.
 */
final class MeasuredProcess implements AutoCloseable {

	/** The compiler's threads stay, so that their processor time can be told. */
	private static final String COMPILERS = "-XX:-UseDynamicNumberOfCompilerThreads";

	private final Process process;

	private final PrintWriter commands;

	private final BufferedReader answers;

	private MeasuredProcess(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/** Starts a program of this class path with a heap of 1 GB. */
	static MeasuredProcess start(Class<?> program, String... arguments) throws IOException {
		return start("1g", program, arguments);
	}

	/**
	 * Starts a program of this class path.
	 * @param heap the largest heap
	 * @param program class of its main method
	 * @param arguments its arguments
	 */
	static MeasuredProcess start(String heap, Class<?> program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx" + heap);
		command.add(COMPILERS);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
		command.addAll(List.of(arguments));
		return new MeasuredProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** Sends a command, and waits for its answer. */
	String ask(String command) throws IOException {
		this.commands.println(command);
		return answer();
	}

	/** Waits for the next line. */
	String answer() throws IOException {
		String line = this.answers.readLine();
		if (line == null) {
			throw new IllegalStateException("the process " + this.process.info().command().orElse("") + " ended");
		}
		return line;
	}

	@Override
	public void close() {
		this.commands.close();
		this.process.destroy();
	}

}
