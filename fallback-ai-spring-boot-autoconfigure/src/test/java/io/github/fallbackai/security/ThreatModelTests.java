// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each line of the threat model names a test, and each of these tests exists.
 */
class ThreatModelTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern REFERENCE = Pattern.compile("`(\\w+(?:Tests|Contract))\\.(\\w+)`");

	@Test
	void eachLineNamesATestThatExists() throws IOException {
		Map<String, String> sources = sources();
		List<String> wrong = new ArrayList<>();
		int lines = 0;
		for (String line : Files.readAllLines(ROOT.resolve("SECURITY.md"))) {
			if (!line.startsWith("| ") || line.startsWith("| it cannot")) {
				continue;
			}
			lines++;
			List<String> references = references(line);
			if (references.isEmpty()) {
				wrong.add("no test: " + line);
			}
			references.stream()
				.filter((reference) -> !exists(sources, reference))
				.forEach((reference) -> wrong.add("no such test: " + reference));
		}
		assertThat(wrong).isEmpty();
		assertThat(lines).isGreaterThan(30);
	}

	private static List<String> references(String line) {
		return REFERENCE.matcher(line).results().map((match) -> match.group(1) + '.' + match.group(2)).toList();
	}

	private static boolean exists(Map<String, String> sources, String reference) {
		String[] parts = reference.split("\\.");
		String source = sources.getOrDefault(parts[0], "");
		int method = source.indexOf("void " + parts[1] + '(');
		String annotations = source.substring(Math.max(0, source.lastIndexOf("\n\n", method)), Math.max(0, method));
		return annotations.contains("@Test") || annotations.contains("@ParameterizedTest");
	}

	private static Map<String, String> sources() throws IOException {
		Map<String, String> sources = new TreeMap<>();
		try (Stream<Path> files = Files.walk(ROOT)) {
			for (Path file : files.filter(ThreatModelTests::isTest).toList()) {
				// Packages may have classes of the same name.
				sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file),
						String::concat);
			}
		}
		return sources;
	}

	private static boolean isTest(Path file) {
		String path = file.toString().replace('\\', '/');
		return path.contains("/src/test/java/") && path.endsWith(".java");
	}

}
