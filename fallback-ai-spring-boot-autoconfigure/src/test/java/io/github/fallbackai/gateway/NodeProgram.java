// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Programs of node, which come from the registry of npm. They run on demand only, with a
 * system property.
 */
final class NodeProgram {

	private static final long MINUTES = 5;

	private NodeProgram() {
	}

	/** The test is skipped unless it is asked for. */
	static void wanted(String what) {
		assumeTrue(Boolean.getBoolean("fallback-ai.test.npm"),
				what + " are not tested. With node and npm, run with -Dfallback-ai.test.npm=true");
	}

	/** Installs what {@code package.json} names, unless it is there. */
	static void install(Path directory) throws IOException, InterruptedException {
		if (!Files.exists(directory.resolve("node_modules"))) {
			run(directory, Map.of(), "npm", "install", "--no-audit", "--no-fund");
		}
	}

	/** Runs a program to its good end, without any input, and returns what it wrote. */
	static String run(Path directory, Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		File output = File.createTempFile("npm", ".log");
		ProcessBuilder program = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(output);
		program.environment().putAll(environment);
		Process process = program.start();
		try {
			boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
			String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
			assertThat(ended).as(said).isTrue();
			assertThat(process.exitValue()).as(said).isZero();
			return said;
		}
		finally {
			process.destroyForcibly();
			Files.deleteIfExists(output.toPath());
		}
	}

}
