namespace LiveFace.Storage.Shared;

/// <summary>The tables that servers share, in a schema of their own, with the names that they have in SQLite.</summary>
internal static class SharedSchema
{
    public const string Name = "liveface";

    /// <summary>Told at each change.</summary>
    public const string Channel = "liveface_changes";

    /// <summary>Changes that are kept for servers which have not read them; whoever is further behind reads everything anew.</summary>
    private const int ChangesKept = 10_000;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS keys (
            id text PRIMARY KEY, name text NOT NULL, hash bytea NOT NULL UNIQUE, roles int NOT NULL,
            pattern text NOT NULL, created bigint NOT NULL, expires bigint NULL);
        CREATE TABLE IF NOT EXISTS secrets (name text PRIMARY KEY, value bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS links (
            id text PRIMARY KEY, parent text NULL, owner text NOT NULL, depth int NOT NULL, kind int NOT NULL,
            name text NOT NULL, hash bytea NOT NULL UNIQUE, scopes text NOT NULL, room text NOT NULL,
            created bigint NOT NULL, expires bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS policies (room text PRIMARY KEY, json text NOT NULL, changed bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS policy_owners (room text PRIMARY KEY, owner text NOT NULL);
        CREATE TABLE IF NOT EXISTS moderation (room text PRIMARY KEY, muted boolean NOT NULL, more text NULL);
        CREATE TABLE IF NOT EXISTS stickers (name text PRIMARY KEY, file bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS people (
            id text PRIMARY KEY, secret bytea NOT NULL UNIQUE, created bigint NOT NULL, expires bigint NOT NULL, rooms text NOT NULL,
            pictures int NOT NULL, template bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS tickets (
            hash bytea PRIMARY KEY, name text NOT NULL, scopes text NOT NULL, expires bigint NULL, credential text NULL,
            owner text NOT NULL, link boolean NOT NULL, ends bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS audit (n bigint PRIMARY KEY, line text NOT NULL);
        CREATE TABLE IF NOT EXISTS place_servers (server text PRIMARY KEY, until timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS places (server text NOT NULL, number bigint NOT NULL, subject text NOT NULL, PRIMARY KEY (server, number));
        CREATE INDEX IF NOT EXISTS places_subject ON places (subject);
        CREATE TABLE IF NOT EXISTS takeovers (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE IF NOT EXISTS head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL);
        INSERT INTO head (seq) VALUES (0) ON CONFLICT DO NOTHING;
        CREATE TABLE IF NOT EXISTS changes (seq bigint PRIMARY KEY, place text NOT NULL, subject text NOT NULL);
        """;

    /// <summary>
    /// A change takes the next number of the one row of <c>head</c>, which whoever changes anything holds until it is committed. So numbers have
    /// no gaps and become visible in their order: whoever has read up to a number has missed nothing before it. The row is taken before
    /// any other, so that no two wait for each other.
    /// </summary>
    private static readonly string Changes = $"""
        CREATE OR REPLACE FUNCTION take_head() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $take$
        BEGIN
            PERFORM 1 FROM head FOR UPDATE;
            RETURN NULL;
        END $take$;
        CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $tell$
        DECLARE next bigint; subject text;
        BEGIN
            IF TG_OP = 'DELETE' THEN subject := to_jsonb(OLD) ->> TG_ARGV[0];
            ELSIF TG_OP = 'TRUNCATE' THEN subject := '';
            ELSE subject := to_jsonb(NEW) ->> TG_ARGV[0];
            END IF;
            UPDATE head SET seq = seq + 1 RETURNING seq INTO next;
            INSERT INTO changes (seq, place, subject) VALUES (next, TG_TABLE_NAME, subject);
            DELETE FROM changes WHERE seq <= next - {ChangesKept};
            PERFORM pg_notify('{Channel}', '');
            RETURN NULL;
        END $tell$;
        CREATE OR REPLACE FUNCTION end_place() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $end$
        BEGIN
            DELETE FROM moderation WHERE room = OLD.room AND NOT EXISTS (SELECT 1 FROM links WHERE room = OLD.room AND kind = 2);
            RETURN NULL;
        END $end$;
        CREATE OR REPLACE TRIGGER place_ended AFTER DELETE ON links FOR EACH ROW EXECUTE FUNCTION end_place();
        CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $grows$
        BEGIN
            RAISE EXCEPTION 'the audit log only grows';
        END $grows$;
        CREATE OR REPLACE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
        """;

    /// <summary>Each table that servers keep in memory, and what names its rows.</summary>
    private static readonly (string Table, string Key)[] Told =
        [("keys", "id"), ("links", "id"), ("policies", "room"), ("moderation", "room"), ("stickers", "name"), ("people", "id")];

    /// <summary>Makes what is missing. The search path names the schema.</summary>
    public static string Make { get; } = string.Join('\n', [$"CREATE SCHEMA IF NOT EXISTS {Name};", Tables, Changes, .. Told.Select(Tell)]);

    private static string Tell((string Table, string Key) told) => $"""
        CREATE OR REPLACE TRIGGER change_begins BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {told.Table}
            FOR EACH STATEMENT EXECUTE FUNCTION take_head();
        CREATE OR REPLACE TRIGGER change_told AFTER INSERT OR UPDATE OR DELETE ON {told.Table}
            FOR EACH ROW EXECUTE FUNCTION tell_change('{told.Key}');
        CREATE OR REPLACE TRIGGER all_told AFTER TRUNCATE ON {told.Table} FOR EACH STATEMENT EXECUTE FUNCTION tell_change('{told.Key}');
        """;
}
