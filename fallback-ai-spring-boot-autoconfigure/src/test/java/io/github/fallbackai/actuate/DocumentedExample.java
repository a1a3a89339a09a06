// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds an example in {@code docs/observability/management-endpoint.md} to what the
 * endpoint really answers: the same fields, whatever their values. With
 * {@code -Dfallback-ai.docs=write} it writes the answer there instead.
 */
final class DocumentedExample {

	private static final Path PAGE = Path.of("../docs/observability/management-endpoint.md");

	private static final String HOW_TO_WRITE = "example '%s' in %s; write it with -Dtest=ManagementEndpointTests "
			+ "-Dfallback-ai.docs=write";

	private static final ObjectMapper JSON = new ObjectMapper();

	private DocumentedExample() {
	}

	static void verify(String name, JsonNode actual) throws Exception {
		String page = Files.readString(PAGE);
		Matcher example = Pattern.compile("<!-- example: " + name + " -->\\s*```json\\n(.*?)```", Pattern.DOTALL)
			.matcher(page);
		assertThat(example.find()).as(HOW_TO_WRITE, name, PAGE).isTrue();
		if ("write".equals(System.getProperty("fallback-ai.docs"))) {
			Files.writeString(PAGE, page.substring(0, example.start(1))
					+ JSON.writer(printer()).writeValueAsString(actual) + '\n' + page.substring(example.end(1)));
			return;
		}
		assertThat(fields(JSON.readTree(example.group(1)), new TreeSet<>(), "")).as(HOW_TO_WRITE, name, PAGE)
			.isEqualTo(fields(actual, new TreeSet<>(), ""));
	}

	private static DefaultPrettyPrinter printer() {
		return new DefaultPrettyPrinter()
			.withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
	}

	static Set<String> fields(JsonNode node, Set<String> paths, String path) {
		if (node.isObject()) {
			node.properties().forEach((field) -> fields(field.getValue(), paths, path + "/" + field.getKey()));
		}
		else if (node.isArray() && node.get(0) != null && node.get(0).isObject()) {
			node.forEach((element) -> fields(element, paths, path + "/*"));
		}
		else {
			paths.add(path);
		}
		return paths;
	}

}
