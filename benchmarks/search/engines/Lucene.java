import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.MMapDirectory;

/** Lucene as its makers mean it to be used, with all processors at work inside the virtual machine; documents and queries have their words apart. */
public final class Lucene {
    private static final int PARTS = 100;
    private static final int BEST = 10;
    private static final float TITLE = 3f;
    private final IndexWriter writer;
    private final ExecutorService pool;
    private final int threads;
    private IndexSearcher searcher;
    private int part = -1;

    public Lucene(String folder, int threads) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        writer = new IndexWriter(new MMapDirectory(Path.of(folder)), config.setRAMBufferSizeMB(300));
        this.threads = threads;
        pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Puts documents in; they are found after {@link #commit}. */
    public void add(long[] keys, String[] titles, String[] texts) throws Exception {
        shared(keys.length, at -> {
            Document document = new Document();
            document.add(new NumericDocValuesField("key", keys[at]));
            document.add(new StringField("part", Long.toString(keys[at] % PARTS), Field.Store.NO));
            document.add(new TextField("title", titles[at].toLowerCase(), Field.Store.NO));
            document.add(new TextField("text", texts[at].toLowerCase(), Field.Store.NO));
            writer.addDocument(document);
        });
    }

    public void commit() throws Exception {
        writer.commit();
        searcher = new IndexSearcher(DirectoryReader.open(writer));
    }

    public void narrow(int to) {
        part = to;
    }

    /** The keys of the best documents of each query, best first. */
    public long[][] find(String[] queries) throws Exception {
        long[][] found = new long[queries.length][];
        shared(queries.length, at -> found[at] = best(queries[at]));
        return found;
    }

    private long[] best(String words) throws Exception {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String word : new LinkedHashSet<>(List.of(words.toLowerCase().trim().split("\\s+")))) {
            query.add(new BoostQuery(new TermQuery(new Term("title", word)), TITLE), Occur.SHOULD);
            query.add(new TermQuery(new Term("text", word)), Occur.SHOULD);
        }
        if (part >= 0) {
            BooleanQuery.Builder within = new BooleanQuery.Builder().add(query.build(), Occur.MUST);
            query = within.add(new TermQuery(new Term("part", Integer.toString(part))), Occur.FILTER);
        }
        TopScoreDocCollector collector = TopScoreDocCollector.create(BEST, BEST); // it need not count how many there are
        searcher.search(query.build(), collector);
        ScoreDoc[] hits = collector.topDocs().scoreDocs;
        long[] keys = new long[hits.length];
        for (int at = 0; at < hits.length; at++) {
            var leaf = searcher.getIndexReader().leaves().get(ReaderUtil.subIndex(hits[at].doc, searcher.getIndexReader().leaves()));
            NumericDocValues key = leaf.reader().getNumericDocValues("key");
            key.advanceExact(hits[at].doc - leaf.docBase);
            keys[at] = key.longValue();
        }
        return keys;
    }

    private interface Work {
        void on(int at) throws Exception;
    }

    private void shared(int count, Work work) throws Exception {
        if (count == 1) {
            work.on(0);
            return;
        }
        List<Future<Void>> all = new ArrayList<>();
        for (int first = 0; first < threads; first++) {
            int start = first;
            all.add(pool.submit(() -> {
                for (int at = start; at < count; at += threads) {
                    work.on(at);
                }
                return null;
            }));
        }
        for (Future<Void> one : all) {
            one.get();
        }
    }
}
