// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every block of Java in the documentation compiles. A block that is no whole class
 * stands among the names of {@code surroundings.txt}, which its reader would have too.
 */
class DocumentedJavaTests {

	private static final Pattern UNIT = Pattern.compile("(?m)^import ");

	private static final Pattern MEMBERS = Pattern.compile("\\A@(GetMapping|Bean|Test)\\b");

	/** Annotations that only LangChain4j's starter has. */
	private static final Pattern FOREIGN = Pattern.compile("@AiService");

	private static final String SURROUNDINGS = DocumentedBlock
		.read(Path.of("src/test/resources/io/github/fallbackai/readme/surroundings.txt"));

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	@Test
	void everyBlockCompiles(@TempDir Path directory) throws IOException {
		Map<URI, DocumentedBlock> blocks = new LinkedHashMap<>();
		List<JavaFileObject> units = new ArrayList<>();
		for (DocumentedBlock block : DocumentedBlock.all("java")) {
			if (!block.contains(FOREIGN)) {
				Source source = source(block, units.size());
				units.add(source);
				blocks.put(source.toUri(), block);
			}
		}
		assertThat(units).hasSizeGreaterThan(20);
		assertThat(errors(units, blocks, directory)).isEmpty();
	}

	@Test
	void aBlockWithAnUnknownMethodIsFound(@TempDir Path directory) throws IOException {
		DocumentedBlock block = new DocumentedBlock(Path.of("page.md"), 1, "java",
				"ChatOptions.DEFAULTS.withLuck(Load.BATCH)\n");
		Source source = source(block, 0);
		assertThat(errors(List.of(source), Map.of(source.toUri(), block), directory)).singleElement()
			.asString()
			.contains("page.md:1", "withLuck");
	}

	private List<String> errors(List<? extends JavaFileObject> units, Map<URI, DocumentedBlock> blocks, Path directory)
			throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		this.compiler
			.getTask(null, null, found, List.of("-proc:none", "-cp", classPath, "-d", directory.toString()), null,
					units)
			.call();
		return found.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map((diagnostic) -> blocks.get(diagnostic.getSource().toUri()) + ": " + diagnostic.getMessage(Locale.ROOT))
			.toList();
	}

	private static Source source(DocumentedBlock block, int number) {
		String text = block.text().replaceAll("(?m)^…$", "");
		String unit = "package block" + number + ";\n";
		if (block.contains(UNIT)) {
			String name = text.replaceAll("(?s).*?\\bclass (\\w+).*", "$1");
			return new Source("block" + number + "/" + name, unit + text);
		}
		if (!block.contains(MEMBERS)) {
			text = "void block() throws Exception {\n" + statements(text) + "\n}\n";
		}
		return new Source("block" + number + "/Block", unit + SURROUNDINGS.replace("/* block */", text));
	}

	private static String statements(String text) {
		String code = text.replaceAll("(?m)\\s+//.*$", "").strip();
		return (code.endsWith(";") || code.endsWith("}")) ? code : "Object value = " + code + ";";
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String content;

		Source(String name, String content) {
			super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
			this.content = content;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.content;
		}

	}

}
