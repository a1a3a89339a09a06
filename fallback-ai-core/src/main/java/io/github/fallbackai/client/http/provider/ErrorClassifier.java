package io.github.fallbackai.client.http.provider;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an {@link ErrorReport} means: by the provider's code, then its type, then
 * the status, then its words, which only ever make a vaguer finding more precise. Each
 * dialect brings its own tables.
 */
public final class ErrorClassifier {

	/** What the words of an error may turn a vaguer kind into. */
	private static final Map<FailureKind, Set<FailureKind>> REFINEMENTS = Map.of(FailureKind.INVALID_REQUEST,
			EnumSet.allOf(FailureKind.class), FailureKind.RATE_LIMITED, EnumSet.of(FailureKind.QUOTA_EXHAUSTED),
			FailureKind.PERMISSION_DENIED,
			EnumSet.of(FailureKind.QUOTA_EXHAUSTED, FailureKind.MODEL_UNAVAILABLE, FailureKind.CONTENT_FILTERED),
			FailureKind.SERVER_ERROR, EnumSet.of(FailureKind.CONTEXT_LENGTH_EXCEEDED));

	private final Map<String, FailureKind> codes;

	private final Map<String, FailureKind> vagueTypes;

	private final Map<String, FailureKind> words;

	private ErrorClassifier(Builder builder) {
		this.codes = Map.copyOf(builder.codes);
		this.vagueTypes = Map.copyOf(builder.vagueTypes);
		this.words = new LinkedHashMap<>(builder.words);
	}

	/** Starts empty tables. */
	public static Builder builder() {
		return new Builder();
	}

	/** Decides what the report means. */
	public Failure classify(ErrorReport report) {
		return report.as(kindOf(report));
	}

	private FailureKind kindOf(ErrorReport report) {
		int status = report.head().status();
		if (report.body() == ErrorReport.Body.HTML || (status >= 300 && status < 400)) {
			return FailureKind.INVALID_RESPONSE;
		}
		FailureKind named = byName(report);
		if (named != null) {
			return named;
		}
		if (report.status() == 403 && report.body() != ErrorReport.Body.PROVIDER_ERROR) {
			// Something between us and the provider refused; the provider's account has
			// nothing to do with it.
			return FailureKind.INVALID_RESPONSE;
		}
		FailureKind vague = (report.status() != 0) ? StatusKinds.of(report.status())
				: this.vagueTypes.get(normalized(report.type()));
		return byWords(report, vague);
	}

	private @Nullable FailureKind byName(ErrorReport report) {
		FailureKind byCode = this.codes.get(normalized(report.code()));
		FailureKind byType = this.codes.get(normalized(report.type()));
		// Providers report an empty account as a special case of a rate limit; the
		// special case decides.
		if (byType == FailureKind.QUOTA_EXHAUSTED) {
			return byType;
		}
		return (byCode != null) ? byCode : byType;
	}

	private FailureKind byWords(ErrorReport report, @Nullable FailureKind vague) {
		Set<FailureKind> allowed = (vague != null) ? REFINEMENTS.getOrDefault(vague, Set.of())
				: EnumSet.allOf(FailureKind.class);
		String message = normalized(report.message());
		for (Map.Entry<String, FailureKind> marker : this.words.entrySet()) {
			if (allowed.contains(marker.getValue()) && message.contains(marker.getKey())) {
				return marker.getValue();
			}
		}
		return (vague != null) ? vague : FailureKind.SERVER_ERROR;
	}

	private static String normalized(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

	/**
	 * Collects the tables of an {@link ErrorClassifier}. Case does not matter.
	 */
	public static final class Builder {

		private final Map<String, FailureKind> codes = new LinkedHashMap<>();

		private final Map<String, FailureKind> vagueTypes = new LinkedHashMap<>();

		private final Map<String, FailureKind> words = new LinkedHashMap<>();

		private Builder() {
		}

		/** Codes and types that decide, whatever the status. */
		public Builder codes(FailureKind kind, String... codes) {
			for (String code : codes) {
				this.codes.put(normalized(code), kind);
			}
			return this;
		}

		/**
		 * Types that a provider uses for many things; they count where there is no
		 * status, as in a stream.
		 */
		public Builder vagueTypes(FailureKind kind, String... types) {
			for (String type : types) {
				this.vagueTypes.put(normalized(type), kind);
			}
			return this;
		}

		/** Parts of messages; of several that are found the one added first decides. */
		public Builder words(FailureKind kind, String... parts) {
			for (String part : parts) {
				this.words.put(normalized(part), kind);
			}
			return this;
		}

		/** Builds the classifier. */
		public ErrorClassifier build() {
			return new ErrorClassifier(this);
		}

	}

}
