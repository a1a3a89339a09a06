// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code in a page.
 *
 * @param page the page, from the root of the repository
 * @param line where the block begins
 * @param language what the page says that it is
 * @param text the block
 */
record DocumentedBlock(Path page, int line, String language, String text) {

	static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

	/**
	 * The README and every page of the documentation, without the records of decisions.
	 */
	static List<Path> pages() {
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream
				.concat(Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "llms.txt").map(ROOT::resolve),
						docs.filter((file) -> file.toString().endsWith(".md")))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All blocks in that language. */
	static List<DocumentedBlock> all(String language) {
		return pages().stream()
			.flatMap(DocumentedBlock::of)
			.filter((block) -> block.language().equals(language))
			.toList();
	}

	private static Stream<DocumentedBlock> of(Path page) {
		String content = read(page);
		return BLOCK.matcher(content).results().map((found) -> {
			int line = (int) content.substring(0, found.start()).lines().count() + 1;
			return new DocumentedBlock(ROOT.relativize(page), line, found.group(1), found.group(2));
		});
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean contains(Pattern pattern) {
		Matcher matcher = pattern.matcher(this.text);
		return matcher.find();
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
