// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every link between pages leads to a file, and to a heading of it.
 */
class DocumentedLinksTests {

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	static List<Path> pages() {
		return DocumentedBlock.pages();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void leadSomewhere(Path page) {
		List<String> broken = LINK.matcher(DocumentedBlock.read(page))
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !leads(page, link))
			.toList();
		assertThat(broken).isEmpty();
	}

	private static boolean leads(Path page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
		return Files.exists(target) && (parts.length == 1 || HEADING.matcher(DocumentedBlock.read(target))
			.results()
			.anyMatch((heading) -> anchor(heading.group(1)).equals(parts[1])));
	}

	/** As GitHub makes them. */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
	}

}
