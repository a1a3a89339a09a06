// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users of a module may call: the public and protected members of its packages,
 * except those whose {@code package-info} says "Internal". A package that says "Internal
 * but for" links the types that are not.
 */
public final class PublicApi {

	/** Set to {@code true}, it has the file written anew. */
	public static final String UPDATE = "api.update";

	private static final Path CLASSES = Path.of("target", "classes");

	private static final Path SOURCES = Path.of("src", "main", "java");

	private static final Pattern EXCEPT = Pattern.compile("Internal but for ([^.:]*)", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("\\{@link (\\w+)}");

	private final Map<String, Set<String>> exceptions = new HashMap<>();

	private final Set<Class<?>> types;

	private PublicApi() {
		// Types of internal packages may extend what is not on this class path.
		this.types = classNames().stream()
			.filter((name) -> !offered(name.substring(0, name.lastIndexOf('.'))).isEmpty())
			.<Class<?>>map(PublicApi::load)
			.filter((type) -> ApiMembers.accessible(type) && offered(type))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Compares the module in whose folder the tests run with its checked-in file.
	 * @param module name of the module
	 */
	public static void assertUnchanged(String module) throws IOException {
		Path file = Path.of("api", module + ".txt");
		Set<String> present = new PublicApi().lines();
		if (Boolean.getBoolean(UPDATE)) {
			Files.createDirectories(file.getParent());
			Files.write(file, present);
		}
		Set<String> agreed = new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
		List<String> differences = new ArrayList<>();
		agreed.stream().filter((line) -> !present.contains(line)).forEach((line) -> differences.add("- " + line));
		present.stream().filter((line) -> !agreed.contains(line)).forEach((line) -> differences.add("+ " + line));
		assertThat(differences)
			.as("""
					The public API of %s is not what %s/%s says.
					Lines with - break code that uses them. If the change is intended, write the file anew with
					    ./mvnw -Pquick -pl %s -am test -Dtest=PublicApiTests -D%s=true -Dsurefire.failIfNoSpecifiedTests=false
					check it in, and tell users in CHANGELOG.md. A package that is public for technical reasons only says
					"Internal" in its package-info, such a type in its documentation.""",
					module, module, file, module, UPDATE)
			.isEmpty();
	}

	/** Types in signatures of the module's API that are not in its API themselves. */
	public static List<String> leaks() {
		PublicApi api = new PublicApi();
		return api.types.stream()
			.flatMap((type) -> new ApiMembers(type, api.types).mentioned()
				.filter((mentioned) -> !api.types.contains(mentioned) && ours(mentioned) && !api.elsewhere(mentioned))
				.map((mentioned) -> type.getName() + " mentions " + mentioned.getName()))
			.distinct()
			.sorted()
			.toList();
	}

	private Set<String> lines() {
		return this.types.stream()
			.flatMap((type) -> new ApiMembers(type, this.types).lines())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Whether a type belongs to another module, whose own test looks after it. */
	private boolean elsewhere(Class<?> type) {
		return !Files.exists(CLASSES.resolve(type.getName().replace('.', '/') + ".class"));
	}

	private static boolean ours(Class<?> type) {
		return type.getName().startsWith("io.github.fallbackai.");
	}

	private boolean offered(Class<?> type) {
		String file = type.getName().substring(type.getPackageName().length() + 1).replaceAll("\\$.*", "");
		Set<String> offered = offered(type.getPackageName());
		return offered.contains(file) || (offered.contains("*") && !internal(type.getPackageName(), file));
	}

	private Set<String> offered(String packageName) {
		return this.exceptions.computeIfAbsent(packageName, PublicApi::exceptions);
	}

	/** Whether the documentation of a type says "Internal". */
	private static boolean internal(String packageName, String type) {
		String text = source(packageName, type);
		return text.substring(0, Math.max(0, text.indexOf("\npublic "))).contains("Internal");
	}

	private static String source(String packageName, String file) {
		try {
			return Files.readString(SOURCES.resolve(packageName.replace('.', '/')).resolve(file + ".java"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The types of a package that users may use, {@code *} for all. */
	private static Set<String> exceptions(String packageName) {
		String text = source(packageName, "package-info").replaceAll("\\s*\\n \\* ", " ");
		if (!text.contains("Internal")) {
			return Set.of("*");
		}
		return EXCEPT.matcher(text)
			.results()
			.flatMap((except) -> LINK.matcher(except.group(1)).results())
			.map((MatchResult link) -> link.group(1))
			.collect(Collectors.toSet());
	}

	private static List<String> classNames() {
		try (Stream<Path> files = Files.walk(CLASSES)) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((name) -> name.startsWith("io") && name.endsWith(".class") && !name.endsWith("-info.class"))
				.map((name) -> name.substring(0, name.length() - ".class".length())
					.replace('/', '.')
					.replace('\\', '.'))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name, false, PublicApi.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
