// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.fallbackai.client.http.provider.catalogue.KnownCodes;
import io.github.fallbackai.client.http.provider.catalogue.KnownSentences;
import io.github.fallbackai.client.http.provider.catalogue.Meaning;
import io.github.fallbackai.client.http.provider.catalogue.Parameters;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an {@link ErrorReport} means, for all dialects: by the provider's code,
 * then its type, then the status, then its words. The words can only make a vague result
 * more precise.
 *
 * <p>
 * Only the request can tell whether it is a mistake of the caller. So an error that
 * nothing here explains is {@link FailureKind#REFUSED_UNEXPLAINED}, never
 * {@link FailureKind#INVALID_REQUEST}.
 */
public final class ErrorClassifier {

	private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

	/** The kinds into which the words of an error may turn a vaguer kind. */
	private static final Map<FailureKind, Set<FailureKind>> REFINEMENTS = Map.of(FailureKind.REFUSED_UNEXPLAINED,
			EnumSet.allOf(FailureKind.class), FailureKind.RATE_LIMITED, EnumSet.of(FailureKind.QUOTA_EXHAUSTED),
			FailureKind.AUTHENTICATION, EnumSet.of(FailureKind.QUOTA_EXHAUSTED, FailureKind.MODEL_UNAVAILABLE),
			FailureKind.PERMISSION_DENIED, EnumSet.of(FailureKind.PERMISSION_DENIED, FailureKind.QUOTA_EXHAUSTED,
					FailureKind.AUTHENTICATION, FailureKind.MODEL_UNAVAILABLE, FailureKind.CONTENT_FILTERED,
					FailureKind.CONTEXT_LENGTH_EXCEEDED, FailureKind.UNSUPPORTED, FailureKind.RATE_LIMITED),
			FailureKind.MODEL_UNAVAILABLE,
			EnumSet.of(FailureKind.MODEL_UNAVAILABLE, FailureKind.QUOTA_EXHAUSTED, FailureKind.UNSUPPORTED,
					FailureKind.PERMISSION_DENIED),
			FailureKind.CONTEXT_LENGTH_EXCEEDED, EnumSet.of(FailureKind.UNSUPPORTED), FailureKind.SERVER_ERROR,
			EnumSet.of(FailureKind.CONTEXT_LENGTH_EXCEEDED, FailureKind.UNSUPPORTED, FailureKind.QUOTA_EXHAUSTED,
					FailureKind.OVERLOADED));

	/**
	 * A status below 500 that stands for a fault of the server may come with a policy.
	 */
	private static final int SERVERS_OWN = 500;

	/** Libraries for validation quote the part that they refuse: Pydantic, serde. */
	private static final Pattern QUOTED_INPUT = Pattern
		.compile("'input': .*|\\binput_value=.*|\\b(?:string|variant) (?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*\\s[^`]*`)");

	private ErrorClassifier() {
	}

	/** Decides what the report means. */
	public static Failure classify(ErrorReport report) {
		return report.as(meaning(report));
	}

	private static Meaning meaning(ErrorReport report) {
		int status = report.head().status();
		if (report.body() == ErrorReport.Body.HTML || (status >= 300 && status < 400)
				|| status == PROXY_AUTHENTICATION_REQUIRED) {
			return Meaning.of(FailureKind.INVALID_RESPONSE);
		}
		Meaning decisive = KnownSentences.findDecisive(words(report));
		if (decisive != null) {
			return decisive;
		}
		Meaning named = byName(report);
		if (named != null && named.kind() != FailureKind.MODEL_UNAVAILABLE) {
			return named;
		}
		FailureKind vague = (named != null) ? named.kind() : vague(report);
		Meaning told = byWords(report, vague);
		if (told != null) {
			boolean ofModel = told.kind() == FailureKind.PERMISSION_DENIED && report.param().equals("model");
			return ofModel ? Meaning.of(FailureKind.MODEL_UNAVAILABLE) : told;
		}
		if (named == null && report.body() != ErrorReport.Body.PROVIDER_ERROR && neverOfAProxy(vague)) {
			// A proxy, or another server on that port, wrote this. It says nothing about
			// the provider's account and models.
			return Meaning.of(FailureKind.INVALID_RESPONSE);
		}
		if (vague == FailureKind.REFUSED_UNEXPLAINED) {
			return refusedRequest(report);
		}
		return Meaning.of((vague != null) ? vague : FailureKind.SERVER_ERROR);
	}

	private static Meaning refusedRequest(ErrorReport report) {
		if (report.param().equals("model")) {
			// The endpoint's, never the caller's.
			return Meaning.of(FailureKind.MODEL_UNAVAILABLE);
		}
		boolean parameter = Parameters.refusedBy(report.code()) || Parameters.refusedBy(report.type());
		return parameter ? Meaning.unsupported(Parameters.need(report.param()))
				: Meaning.of(FailureKind.REFUSED_UNEXPLAINED);
	}

	private static boolean neverOfAProxy(@Nullable FailureKind kind) {
		return kind == FailureKind.PERMISSION_DENIED || kind == FailureKind.MODEL_UNAVAILABLE;
	}

	private static @Nullable FailureKind vague(ErrorReport report) {
		return (report.status() != 0) ? StatusKinds.of(report.status()) : KnownCodes.findVague(report.type());
	}

	private static @Nullable Meaning byName(ErrorReport report) {
		Meaning byCode = KnownCodes.find(report.code());
		Meaning byType = KnownCodes.find(report.type());
		// Providers report an empty account as a special case of a rate limit, and the
		// special case decides.
		if (byType != null && (byCode == null || byType.kind() == FailureKind.QUOTA_EXHAUSTED)) {
			return byType;
		}
		return (byCode == null && report.type().isEmpty()) ? KnownCodes.findNumber(report.code()) : byCode;
	}

	private static @Nullable Meaning byWords(ErrorReport report, @Nullable FailureKind vague) {
		Set<FailureKind> possible = (vague != null) ? REFINEMENTS.getOrDefault(vague, Set.of())
				: EnumSet.allOf(FailureKind.class);
		boolean policy = (vague == FailureKind.SERVER_ERROR || vague == FailureKind.OVERLOADED) && report.status() > 0
				&& report.status() < SERVERS_OWN;
		return (possible.isEmpty() && !policy) ? null : KnownSentences.find(words(report), ofGoogle(report),
				(kind) -> possible.contains(kind) || (policy && kind == FailureKind.CONTENT_FILTERED));
	}

	/** What the caller wrote must not decide what an error means. */
	private static String words(ErrorReport report) {
		return QUOTED_INPUT.matcher(report.message()).replaceAll("");
	}

	/** Every rate limit of Google speaks of an exceeded quota. */
	private static boolean ofGoogle(ErrorReport report) {
		String names = (report.type() + ' ' + report.code() + ' ' + report.message()).toLowerCase(Locale.ROOT);
		return names.contains("resource_exhausted") || names.contains("googleapis.com")
				|| names.contains("ai.google.dev");
	}

}
