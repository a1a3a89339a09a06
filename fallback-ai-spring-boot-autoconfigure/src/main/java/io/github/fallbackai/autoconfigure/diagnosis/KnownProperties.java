package io.github.fallbackai.autoconfigure.diagnosis;

import java.beans.PropertyDescriptor;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

/**
 * The properties that one of the classes for properties has.
 *
 * @param types their types by name, with dashes
 */
record KnownProperties(Map<String, ResolvableType> types) {

	/** What other products call them. */
	private static final Map<String, String> SYNONYMS = Map.of("baseurl", "url", "apibase", "url", "uri", "url",
			"endpoint", "url", "key", "api-key", "token", "api-key", "modelname", "model", "modelid", "model");

	/** One letter in so many may be wrong for a name still to be recognised. */
	private static final int LETTERS_PER_TYPO = 3;

	/**
	 * Returns what is known of a type.
	 * @param type type of a property
	 * @return its properties, {@code null} if it is none of our classes for properties
	 */
	static @Nullable KnownProperties of(Class<?> type) {
		if (type.isEnum() || type.isArray()
				|| !type.getPackageName().equals(FallbackAiProperties.class.getPackageName())) {
			return null;
		}
		Map<String, ResolvableType> types = new TreeMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (!property.getName().equals("class")) {
				types.put(DataObjectPropertyName.toDashedForm(property.getName()), type(property));
			}
		}
		return types.isEmpty() ? null : new KnownProperties(types);
	}

	private static ResolvableType type(PropertyDescriptor property) {
		return (property.getWriteMethod() != null) ? ResolvableType.forMethodParameter(property.getWriteMethod(), 0)
				: ResolvableType.forMethodReturnType(property.getReadMethod());
	}

	/**
	 * Returns the type of a property.
	 * @param element letters and digits of the property's name
	 * @return the type, {@code null} if there is no such property
	 */
	@Nullable ResolvableType type(String element) {
		return this.types.entrySet()
			.stream()
			.filter((known) -> LettersAndDigits.of(known.getKey()).equals(element))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Finds what was meant by a name that does not exist.
	 * @param element letters and digits of the name
	 * @return the misspelling
	 */
	Misspelling misspelling(String element) {
		String synonym = SYNONYMS.getOrDefault(element, "");
		String nearest = this.types.containsKey(synonym) ? synonym
				: this.types.keySet()
					.stream()
					.min(Comparator.comparingInt((known) -> typos(element, known)))
					.filter((known) -> typos(element, known) <= Math.max(1, element.length() / LETTERS_PER_TYPO))
					.orElse(null);
		return new Misspelling(nearest, String.join(", ", this.types.keySet()));
	}

	/** Letters that are wrong, missing, too many or swapped with the next. */
	private static int typos(String written, String known) {
		String meant = LettersAndDigits.of(known);
		int[][] typos = new int[written.length() + 1][meant.length() + 1];
		for (int i = 0; i <= written.length(); i++) {
			for (int j = 0; j <= meant.length(); j++) {
				if (i == 0 || j == 0) {
					typos[i][j] = i + j;
					continue;
				}
				int wrong = (written.charAt(i - 1) != meant.charAt(j - 1)) ? 1 : 0;
				typos[i][j] = Math.min(typos[i - 1][j - 1] + wrong, Math.min(typos[i - 1][j], typos[i][j - 1]) + 1);
				if (i > 1 && j > 1 && written.charAt(i - 1) == meant.charAt(j - 2)
						&& written.charAt(i - 2) == meant.charAt(j - 1)) {
					typos[i][j] = Math.min(typos[i][j], typos[i - 2][j - 2] + 1);
				}
			}
		}
		return typos[written.length()][meant.length()];
	}

	/**
	 * A name that does not exist.
	 *
	 * @param meant the name it resembles, {@code null} if it resembles none
	 * @param known all names that there are at its place
	 */
	record Misspelling(@Nullable String meant, String known) {

		String cure() {
			return (this.meant != null) ? "Did you mean " + this.meant + "?"
					: "Correct or remove it. Known here: " + this.known + ".";
		}

	}

}
